package dev.roster.client.azurepack;

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

/** A fake interface of Azure Pack and the client for it. */
final class AzurePackUnderTest implements BearerClientUnderTest {

  private static final Methods<AzurePackClientBuilder, AzurePackClient> METHODS =
      new Methods<>(
          AzurePackClientBuilder::endpoint,
          AzurePackClientBuilder::endpoint,
          AzurePackClientBuilder::connectTimeout,
          AzurePackClientBuilder::requestTimeout,
          AzurePackClientBuilder::httpClient,
          AzurePackClientBuilder::sslContext,
          AzurePackClientBuilder::build,
          AzurePackClient::getUser);

  private final FakeService service;

  AzurePackUnderTest() {
    this(null);
  }

  private AzurePackUnderTest(SSLContext certificate) {
    service = new FakeService(certificate);
  }

  /** A client of the interface that still can be changed. */
  AzurePackClientBuilder client() {
    return AzurePackClient.builder().endpoint(service.endpoint()).bearer(() -> SECRET);
  }

  @Override
  public FakeService service() {
    return service;
  }

  @Override
  public ClientUnderTest secured(SSLContext certificate) {
    return new AzurePackUnderTest(certificate);
  }

  @Override
  public AnyBuilder<?, ?> empty() {
    return new AnyBuilder<>(AzurePackClient.builder(), METHODS);
  }

  @Override
  public AnyBuilder<?, ?> withoutEndpoint(Supplier<String> bearer) {
    return new AnyBuilder<>(AzurePackClient.builder().bearer(bearer), METHODS);
  }

  @Override
  public Facts facts() {
    return new Facts(
        "bearer(...)",
        "https://host.example:30004",
        AzurePackException.class,
        AzurePackTransportException.class,
        AzurePackTimeoutException.class);
  }

  @Override
  public String description(String endpoint) {
    return "AzurePackClient[" + endpoint + "]";
  }

  @Override
  public List<String> linesOfFirstRead(String name) {
    return List.of("GET /users/" + name);
  }

  @Override
  public Answer found(String name) {
    return Answer.json(200, "{\"Name\":\"" + name + "\"}");
  }

  @Override
  public Answer refusal() {
    return Answer.json(
        400,
        """
            {"Code":"SomeCode","Message":"Some text.","Details":[
             {"Code":"c","Source":"Email","Message":"m"}]}""");
  }

  @Override
  public List<?> details(ServiceException e) {
    return ((AzurePackException) e).details();
  }
}
