package dev.roster.client.apimanagement;

import dev.roster.client.http.ClientTest;
import dev.roster.client.http.FakeService;

/** A test of the client of API Management. */
abstract class ApiManagementClientTest implements ClientTest {

  final ApiManagementUnderTest api = new ApiManagementUnderTest();
  final FakeService service = api.service();
  final ApiManagementClient client = api.client().build();

  @Override
  public final ApiManagementUnderTest api() {
    return api;
  }
}
