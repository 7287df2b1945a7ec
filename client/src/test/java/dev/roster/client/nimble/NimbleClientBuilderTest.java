package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NimbleClientBuilderTest {

  private static NimbleClientBuilder complete() {
    return NimbleClient.builder()
        .endpoint("https://array.example:5392")
        .username("admin")
        .password("S3cret-pass");
  }

  @Test
  void endpointIsNeeded() {
    assertThatThrownBy(() -> NimbleClient.builder().username("admin").password("p").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The endpoint is missing: call endpoint(...)");
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

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080/, http://localhost:8080",
    "https://array.example:5392, https://array.example:5392",
    "http://[::1]:8080/a/b//, http://[::1]:8080/a/b"
  })
  void endpointsMayHaveABasePath(String endpoint, String kept) {
    assertThat(complete().endpoint(URI.create(endpoint)).build())
        .hasToString("NimbleClient[" + kept + ", admin]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array.example",
        "ftp://localhost",
        "https://user:pw@h:5392",
        "https://h:5392?x",
        "https://h#x"
      })
  void otherEndpointsAreRefused(String endpoint) {
    assertThatThrownBy(() -> complete().endpoint(endpoint))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The endpoint has to look like https://array.example:5392 or"
                + " http://localhost:8080/base, without user, query and fragment");
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
    NimbleClientBuilder builder = complete();
    NimbleClient client = builder.build();
    builder.endpoint("http://localhost:1").username("other");

    assertThat(client).hasToString("NimbleClient[https://array.example:5392, admin]");
    assertThat(builder.build()).hasToString("NimbleClient[http://localhost:1, other]");
  }

  @Test
  void passwordIsInNoToString() {
    assertThat(complete().toString()).doesNotContain("S3cret-pass");
    assertThat(complete().build().toString()).doesNotContain("S3cret-pass");
  }
}
