package dev.roster.client.apimanagement;

import dev.roster.client.http.FakeService;

/** Makes the clients of the tests. */
final class Clients {

  static final String SERVICE =
      "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service"
          + "/apimService1";
  static final String VERSION = "?api-version=2022-08-01";

  private Clients() {}

  /** A client of the documentation's sample service. */
  static ApiManagementClientBuilder of(FakeService service) {
    return ApiManagementClient.builder()
        .endpoint(service.endpoint())
        .bearer(() -> "t0ken-of-mine")
        .subscriptionId("subid")
        .resourceGroup("rg1")
        .serviceName("apimService1");
  }
}
