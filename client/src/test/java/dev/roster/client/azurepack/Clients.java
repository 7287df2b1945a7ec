package dev.roster.client.azurepack;

import dev.roster.client.http.FakeService;

/** Makes the clients of the tests. */
final class Clients {

  private Clients() {}

  /** A client of an interface that a fake service stands for. */
  static AzurePackClientBuilder of(FakeService service) {
    return AzurePackClient.builder().endpoint(service.endpoint()).bearer(() -> "t0ken-of-mine");
  }
}
