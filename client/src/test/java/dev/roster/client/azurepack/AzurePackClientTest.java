package dev.roster.client.azurepack;

import dev.roster.client.http.ClientTest;
import dev.roster.client.http.FakeService;

/** A test of the client of Azure Pack. */
abstract class AzurePackClientTest implements ClientTest {

  final AzurePackUnderTest api = new AzurePackUnderTest();
  final FakeService service = api.service();
  final AzurePackClient client = api.client().build();

  @Override
  public final AzurePackUnderTest api() {
    return api;
  }
}
