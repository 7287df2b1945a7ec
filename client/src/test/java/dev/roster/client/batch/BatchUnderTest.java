package dev.roster.client.batch;

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

/** A fake Batch account and the client for it. */
final class BatchUnderTest implements BearerClientUnderTest {

  static final String VERSION = "?api-version=2023-11-01.18.0";

  private static final Methods<BatchClientBuilder, BatchClient> METHODS =
      new Methods<>(
          BatchClientBuilder::endpoint,
          BatchClientBuilder::endpoint,
          BatchClientBuilder::connectTimeout,
          BatchClientBuilder::requestTimeout,
          BatchClientBuilder::httpClient,
          BatchClientBuilder::sslContext,
          BatchClientBuilder::build,
          BatchClient::getPool);

  private final FakeService service;

  BatchUnderTest() {
    this(null);
  }

  private BatchUnderTest(SSLContext certificate) {
    service = new FakeService(certificate);
  }

  /** A client with a bearer token that still can be changed. */
  BatchClientBuilder bearing() {
    return BatchClient.builder().endpoint(service.endpoint()).bearer(() -> SECRET);
  }

  /** A client with an account key that still can be changed. */
  BatchClientBuilder signing() {
    return BatchClient.builder()
        .endpoint(service.endpoint())
        .sharedKey(SharedKeySignerTest.ACCOUNT, SharedKeySignerTest.KEY);
  }

  @Override
  public FakeService service() {
    return service;
  }

  @Override
  public ClientUnderTest secured(SSLContext certificate) {
    return new BatchUnderTest(certificate);
  }

  @Override
  public AnyBuilder<?, ?> empty() {
    return new AnyBuilder<>(BatchClient.builder(), METHODS);
  }

  @Override
  public AnyBuilder<?, ?> withoutEndpoint(Supplier<String> bearer) {
    return new AnyBuilder<>(BatchClient.builder().bearer(bearer), METHODS);
  }

  @Override
  public Facts facts() {
    return new Facts(
        "sharedKey(...) or bearer(...)",
        "https://account.region.batch.azure.com",
        BatchException.class,
        BatchTransportException.class,
        BatchTimeoutException.class);
  }

  @Override
  public String description(String endpoint) {
    return "BatchClient[" + endpoint + ", 2023-11-01.18.0]";
  }

  @Override
  public List<String> linesOfFirstRead(String name) {
    return List.of("GET /pools/" + name + VERSION);
  }

  @Override
  public Answer found(String name) {
    return Answer.json(200, "{\"id\":\"" + name + "\"}");
  }

  @Override
  public Answer refusal() {
    return Answer.json(
            400,
            """
            {"code":"SomeCode","message":{"lang":"en-US","value":"Some text."},
             "values":[{"key":"Reason","value":"no date"}]}""")
        .with("request-id", "r");
  }

  @Override
  public List<?> details(ServiceException e) {
    return ((BatchException) e).details();
  }
}
