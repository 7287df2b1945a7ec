package dev.roster.client.apimanagement;

import dev.roster.client.ServiceException;
import dev.roster.client.http.AnyBuilder;
import dev.roster.client.http.AnyBuilder.Methods;
import dev.roster.client.http.BearerClientUnderTest;
import dev.roster.client.http.ClientUnderTest;
import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** A fake API Management service and the client for it. */
final class ApiManagementUnderTest implements BearerClientUnderTest {

  static final String SERVICE =
      "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service"
          + "/apimService1";
  static final String VERSION = "?api-version=2022-08-01";

  private static final Methods<ApiManagementClientBuilder, ApiManagementClient> METHODS =
      new Methods<>(
          ApiManagementClientBuilder::endpoint,
          ApiManagementClientBuilder::endpoint,
          ApiManagementClientBuilder::connectTimeout,
          ApiManagementClientBuilder::requestTimeout,
          ApiManagementClientBuilder::httpClient,
          ApiManagementClientBuilder::sslContext,
          ApiManagementClientBuilder::build,
          ApiManagementClient::getUser);

  private final FakeService service;

  ApiManagementUnderTest() {
    this(null);
  }

  private ApiManagementUnderTest(SSLContext certificate) {
    service = new FakeService(certificate);
  }

  /** A client of the documentation's sample service that still can be changed. */
  ApiManagementClientBuilder client() {
    return sampleService().endpoint(service.endpoint()).bearer(() -> SECRET);
  }

  private static ApiManagementClientBuilder sampleService() {
    return ApiManagementClient.builder()
        .subscriptionId("subid")
        .resourceGroup("rg1")
        .serviceName("apimService1");
  }

  @Override
  public FakeService service() {
    return service;
  }

  @Override
  public ClientUnderTest secured(SSLContext certificate) {
    return new ApiManagementUnderTest(certificate);
  }

  @Override
  public AnyBuilder<?, ?> empty() {
    return new AnyBuilder<>(ApiManagementClient.builder(), METHODS);
  }

  @Override
  public AnyBuilder<?, ?> withoutEndpoint(Supplier<String> bearer) {
    return new AnyBuilder<>(sampleService().bearer(bearer), METHODS);
  }

  @Override
  public Facts facts() {
    return new Facts(
        "bearer(...)",
        "https://management.azure.com",
        ApiManagementException.class,
        ApiManagementTransportException.class,
        ApiManagementTimeoutException.class);
  }

  @Override
  public String description(String endpoint) {
    return "ApiManagementClient[" + endpoint + ", subid/rg1/apimService1, 2022-08-01]";
  }

  @Override
  public List<String> linesOfFirstRead(String name) {
    return List.of("GET " + SERVICE + "/users/" + name + VERSION);
  }

  @Override
  public Answer found(String name) {
    return Answer.json(200, "{\"name\":\"" + name + "\"}");
  }

  @Override
  public Answer refusal() {
    return Answer.json(
            400,
            """
            {"error":{"code":"SomeCode","message":"Some text.","details":[
             {"code":"c","target":"t","message":"m"}]}}""")
        .with("x-ms-request-id", "r");
  }

  @Override
  public List<?> details(ServiceException e) {
    return ((ApiManagementException) e).details();
  }
}
