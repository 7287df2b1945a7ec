package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.BuilderOfEveryClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzurePackClientBuilderTest extends AzurePackClientTest implements BuilderOfEveryClient {

  private static AzurePackClientBuilder complete() {
    return AzurePackClient.builder().endpoint("http://localhost:8080").bearer(() -> "t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a\nb", "a\tb", "é", "a\u007f"})
  void principalsThatNoHeaderCanCarryAreRefused(String principal) {
    assertThatThrownBy(() -> complete().principalId(principal))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("A header cannot carry the principal id '" + principal + "'");
  }
}
