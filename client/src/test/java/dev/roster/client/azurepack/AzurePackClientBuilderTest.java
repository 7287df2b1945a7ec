package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzurePackClientBuilderTest {

  private static AzurePackClientBuilder complete() {
    return AzurePackClient.builder().endpoint("http://localhost:8080").bearer(() -> "t");
  }

  @Test
  void endpointIsNeeded() {
    assertThatThrownBy(() -> AzurePackClient.builder().bearer(() -> "t").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The endpoint is missing: call endpoint(...)");
  }

  @Test
  void credentialsAreNeeded() {
    assertThatThrownBy(() -> AzurePackClient.builder().endpoint("http://localhost:8080").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The credentials are missing: call bearer(...)");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080/, http://localhost:8080",
    "https://host.example:30004, https://host.example:30004",
    "https://host.example:443/, https://host.example:443",
    "http://[::1]:8080/a/b//, http://[::1]:8080/a/b"
  })
  void endpointsMayHaveABasePath(String endpoint, String kept) {
    assertThat(complete().endpoint(URI.create(endpoint)).build())
        .hasToString("AzurePackClient[" + kept + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host.example", "ftp://localhost", "http://user:pw@h", "http://h?x", "http://h#x"})
  void otherEndpointsAreRefused(String endpoint) {
    assertThatThrownBy(() -> complete().endpoint(endpoint))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The endpoint has to look like https://host.example:30004 or"
                + " http://localhost:8080/base, without user, query and fragment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a\nb", "a\tb", "é", "a\u007f"})
  void principalsThatNoHeaderCanCarryAreRefused(String principal) {
    assertThatThrownBy(() -> complete().principalId(principal))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("A header cannot carry the principal id '" + principal + "'");
  }

  @Test
  void timeoutsAreMoreThanZero() {
    assertThatThrownBy(() -> complete().connectTimeout(Duration.ofSeconds(-1)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("A time-out has to be more than zero, not PT-1S");
    assertThatThrownBy(() -> complete().requestTimeout(Duration.ZERO))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenHttpClientExcludesItsOwnSettings() {
    HttpClient http = HttpClient.newHttpClient();

    assertThatThrownBy(
            () -> complete().httpClient(http).connectTimeout(Duration.ofSeconds(1)).build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(
            "httpClient(...) brings its own SSL context and connect time-out: set them there");
    assertThatThrownBy(() -> complete().sslContext(http.sslContext()).httpClient(http).build())
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void givenHttpClientMustNotFollowRedirects() {
    HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    assertThatThrownBy(() -> complete().httpClient(http))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The HTTP client must not follow redirects: they would hand the credentials on");
  }

  @Test
  void builtClientIgnoresLaterChanges() {
    AzurePackClientBuilder builder = complete();
    AzurePackClient client = builder.build();
    builder.endpoint("http://localhost:1");

    assertThat(client).hasToString("AzurePackClient[http://localhost:8080]");
    assertThat(builder.build()).hasToString("AzurePackClient[http://localhost:1]");
  }
}
