package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchClientBuilderTest {

  private static BatchClientBuilder complete() {
    return BatchClient.builder().endpoint("http://localhost:8080").bearer(() -> "t");
  }

  @Test
  void endpointIsNeeded() {
    assertThatThrownBy(() -> BatchClient.builder().bearer(() -> "t").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The endpoint is missing: call endpoint(...)");
  }

  @Test
  void credentialsAreNeeded() {
    assertThatThrownBy(() -> BatchClient.builder().endpoint("http://localhost:8080").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The credentials are missing: call sharedKey(...) or bearer(...)");
  }

  @Test
  void badKeyIsRefusedWithoutBeingQuoted() {
    assertThatThrownBy(() -> complete().sharedKey("devbatch", "s3cret*key"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("The account key is not base64")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, http://localhost:8080",
    "http://localhost:8080/, http://localhost:8080",
    "https://account.region.batch.azure.com, https://account.region.batch.azure.com",
    "http://[::1]:8080/a/b//, http://[::1]:8080/a/b",
    "HTTPS://Account.example, HTTPS://Account.example"
  })
  void endpointsMayHaveABasePath(String endpoint, String kept) {
    assertThat(complete().endpoint(URI.create(endpoint)).build())
        .hasToString("BatchClient[" + kept + ", 2023-11-01.18.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account.region.batch.azure.com",
        "ftp://localhost",
        "http:/pools",
        "http://user:pw@localhost",
        "http://localhost?x=y",
        "http://localhost#x",
        "http://under_score:8080"
      })
  void otherEndpointsAreRefused(String endpoint) {
    assertThatThrownBy(() -> complete().endpoint(endpoint))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The endpoint has to look like https://account.region.batch.azure.com or"
                + " http://localhost:8080/base, without user, query and fragment");
  }

  @Test
  void timeoutsAreMoreThanZero() {
    assertThatThrownBy(() -> complete().connectTimeout(Duration.ZERO))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("A time-out has to be more than zero, not PT0S");
    assertThatThrownBy(() -> complete().requestTimeout(Duration.ofSeconds(-1)))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenHttpClientExcludesItsOwnSettings() throws NoSuchAlgorithmException {
    HttpClient http = HttpClient.newHttpClient();
    String message =
        "httpClient(...) brings its own SSL context and connect time-out: set them there";

    assertThatThrownBy(
            () -> complete().httpClient(http).connectTimeout(Duration.ofSeconds(1)).build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    SSLContext ssl = SSLContext.getDefault();
    assertThatThrownBy(() -> complete().sslContext(ssl).httpClient(http).build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @Test
  void givenHttpClientMustNotFollowRedirects() {
    HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThatThrownBy(() -> complete().httpClient(http))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The HTTP client must not follow redirects: they would hand the credentials on");
  }

  @Test
  void builtClientIgnoresLaterChanges() {
    BatchClientBuilder builder = complete();
    BatchClient client = builder.build();
    builder.apiVersion("2024-07-01.20.0").endpoint("http://localhost:1");

    assertThat(client).hasToString("BatchClient[http://localhost:8080, 2023-11-01.18.0]");
  }
}
