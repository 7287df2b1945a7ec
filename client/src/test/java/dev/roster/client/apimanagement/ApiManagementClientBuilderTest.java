package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiManagementClientBuilderTest {

  private static ApiManagementClientBuilder complete() {
    return ApiManagementClient.builder()
        .endpoint("http://localhost:8080")
        .bearer(() -> "t")
        .subscriptionId("subid")
        .resourceGroup("rg1")
        .serviceName("apimService1");
  }

  @Test
  void endpointIsNeeded() {
    assertThatThrownBy(() -> ApiManagementClient.builder().bearer(() -> "t").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The endpoint is missing: call endpoint(...)");
  }

  @Test
  void credentialsAreNeeded() {
    assertThatThrownBy(
            () -> ApiManagementClient.builder().endpoint("http://localhost:8080").build())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The credentials are missing: call bearer(...)");
  }

  @Test
  void serviceIsNeeded() {
    ApiManagementClientBuilder builder =
        ApiManagementClient.builder().endpoint("http://localhost:8080").bearer(() -> "t");
    String message =
        "The service is missing: call subscriptionId(...), resourceGroup(...) and serviceName(...)";

    assertThatThrownBy(builder::build)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(builder.subscriptionId("subid").resourceGroup("rg1")::build)
        .hasMessage(message);
    assertThat(builder.serviceName("s").build())
        .hasToString("ApiManagementClient[http://localhost:8080, subid/rg1/s, 2022-08-01]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "\uD83D"})
  void namesThatNoUrlCanCarryAreRefused(String name) {
    String message = "A URL cannot carry the id or name '" + name + "'";
    assertThatThrownBy(() -> complete().subscriptionId(name))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> complete().resourceGroup(name))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> complete().serviceName(name))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080/, http://localhost:8080",
    "https://management.azure.com, https://management.azure.com",
    "https://management.azure.com:443/, https://management.azure.com:443",
    "http://[::1]:8080/a/b//, http://[::1]:8080/a/b"
  })
  void endpointsMayHaveABasePath(String endpoint, String kept) {
    assertThat(complete().endpoint(URI.create(endpoint)).build())
        .hasToString("ApiManagementClient[" + kept + ", subid/rg1/apimService1, 2022-08-01]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "management.azure.com",
        "ftp://localhost",
        "http://user:pw@h",
        "http://h?x",
        "http://h#x"
      })
  void otherEndpointsAreRefused(String endpoint) {
    assertThatThrownBy(() -> complete().endpoint(endpoint))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The endpoint has to look like https://management.azure.com or"
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
    ApiManagementClientBuilder builder = complete();
    ApiManagementClient client = builder.build();
    builder.apiVersion("2024-05-01").endpoint("http://localhost:1").serviceName("other");

    assertThat(client)
        .hasToString(
            "ApiManagementClient[http://localhost:8080, subid/rg1/apimService1, 2022-08-01]");
    assertThat(builder.build())
        .hasToString("ApiManagementClient[http://localhost:1, subid/rg1/other, 2024-05-01]");
  }
}
