package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.BuilderOfEveryClient;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NimbleClientBuilderTest extends NimbleClientTest implements BuilderOfEveryClient {

  private static NimbleClientBuilder complete() {
    return NimbleClient.builder()
        .endpoint("https://array.example:5392")
        .username("admin")
        .password("S3cret-pass");
  }

  @Test
  void nameAndPasswordAreNeeded() {
    String message = "The credentials are missing: call username(...) and password(...)";

    assertThatThrownBy(
            () -> NimbleClient.builder().endpoint("http://localhost:8080").username("a").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () -> NimbleClient.builder().endpoint("http://localhost:8080").password("p").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @Test
  void nullsAreRefused() {
    assertThatThrownBy(() -> complete().username(null)).hasMessage("username");
    assertThatThrownBy(() -> complete().password((String) null)).hasMessage("password");
    assertThatThrownBy(() -> complete().password((Supplier<String>) null)).hasMessage("password");
    assertThatThrownBy(() -> complete().applicationName(null)).hasMessage("applicationName");
  }

  @Test
  void builtClientIgnoresALaterName() {
    NimbleClientBuilder builder = complete();
    NimbleClient client = builder.build();
    builder.username("other");

    assertThat(client).hasToString("NimbleClient[https://array.example:5392, admin]");
    assertThat(builder.build()).hasToString("NimbleClient[https://array.example:5392, other]");
  }
}
