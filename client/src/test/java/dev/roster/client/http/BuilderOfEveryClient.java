package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.AnyBuilder.AnyClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the builders of all clients accept and refuse. */
public interface BuilderOfEveryClient extends ClientTest {

  @Test
  default void endpointIsNeeded() {
    assertThatThrownBy(() -> api().withoutEndpoint().build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The endpoint is missing: call endpoint(...)");
  }

  @Test
  default void credentialsAreNeeded() {
    assertThatThrownBy(() -> api().empty().endpoint("http://localhost:8080").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The credentials are missing: call " + api().facts().credentialSetters());
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, http://localhost:8080",
    "http://localhost:8080/, http://localhost:8080",
    "https://host.example:443/, https://host.example:443",
    "http://[::1]:8080/a/b//, http://[::1]:8080/a/b",
    "HTTPS://Host.example, HTTPS://Host.example"
  })
  default void endpointsMayHaveABasePath(String endpoint, String kept) {
    assertThat(api().builder().endpoint(URI.create(endpoint)).build())
        .hasToString(api().description(kept));
    assertThat(api().builder().endpoint(endpoint).build()).hasToString(api().description(kept));
  }

  @Test
  default void exampleOfAnEndpointIsOne() {
    String example = api().facts().exampleEndpoint();

    assertThat(api().builder().endpoint(example).build()).hasToString(api().description(example));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host.example",
        "ftp://localhost",
        "http:/users",
        "http://user:pw@localhost",
        "http://localhost?x=y",
        "http://localhost#x",
        "http://under_score:8080"
      })
  default void otherEndpointsAreRefused(String endpoint) {
    assertThatThrownBy(() -> api().builder().endpoint(endpoint))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The endpoint has to look like "
                + api().facts().exampleEndpoint()
                + " or http://localhost:8080/base, without user, query and fragment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  default void timeoutsAreMoreThanZero(Duration timeout) {
    String message = "A time-out has to be more than zero, not " + timeout;

    assertThatThrownBy(() -> api().builder().connectTimeout(timeout))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> api().builder().requestTimeout(timeout))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  default void givenHttpClientExcludesItsOwnSettings() {
    HttpClient http = HttpClient.newHttpClient();
    String message =
        "httpClient(...) brings its own SSL context and connect time-out: set them there";

    assertThatThrownBy(
            () -> api().builder().httpClient(http).connectTimeout(Duration.ofSeconds(1)).build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> api().builder().sslContext(http.sslContext()).httpClient(http).build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  default void givenHttpClientMustNotFollowRedirects(Redirect redirect) {
    HttpClient http = HttpClient.newBuilder().followRedirects(redirect).build();

    assertThatThrownBy(() -> api().builder().httpClient(http))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The HTTP client must not follow redirects: they would hand the credentials on");
  }

  @Test
  default void builtClientIgnoresALaterEndpoint() {
    AnyBuilder<?, ?> builder = api().builder().endpoint("http://localhost:8080");
    AnyClient client = builder.build();
    AnyBuilder<?, ?> changed = builder.endpoint("http://localhost:1");

    assertThat(client).hasToString(api().description("http://localhost:8080"));
    assertThat(changed.build()).hasToString(api().description("http://localhost:1"));
  }

  @Test
  default void credentialsAreInNoToString() {
    assertThat(api().builder().toString()).doesNotContain(ClientUnderTest.SECRET);
    assertThat(api().builder().build().toString()).doesNotContain(ClientUnderTest.SECRET);
  }
}
