package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.BuilderOfEveryClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiManagementClientBuilderTest extends ApiManagementClientTest
    implements BuilderOfEveryClient {

  private static ApiManagementClientBuilder complete() {
    return ApiManagementClient.builder()
        .endpoint("http://localhost:8080")
        .bearer(() -> "t")
        .subscriptionId("subid")
        .resourceGroup("rg1")
        .serviceName("apimService1");
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

  @Test
  void builtClientIgnoresALaterVersionAndService() {
    ApiManagementClientBuilder builder = complete();
    ApiManagementClient client = builder.build();
    builder.apiVersion("2024-05-01").serviceName("other");

    assertThat(client)
        .hasToString(
            "ApiManagementClient[http://localhost:8080, subid/rg1/apimService1, 2022-08-01]");
    assertThat(builder.build())
        .hasToString("ApiManagementClient[http://localhost:8080, subid/rg1/other, 2024-05-01]");
  }
}
