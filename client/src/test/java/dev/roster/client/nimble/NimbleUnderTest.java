package dev.roster.client.nimble;

import dev.roster.client.ServiceException;
import dev.roster.client.http.AnyBuilder;
import dev.roster.client.http.AnyBuilder.Methods;
import dev.roster.client.http.ClientUnderTest;
import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A fake array and the client for it. */
final class NimbleUnderTest implements ClientUnderTest {

  private static final Methods<NimbleClientBuilder, NimbleClient> METHODS =
      new Methods<>(
          NimbleClientBuilder::endpoint,
          NimbleClientBuilder::endpoint,
          NimbleClientBuilder::connectTimeout,
          NimbleClientBuilder::requestTimeout,
          NimbleClientBuilder::httpClient,
          NimbleClientBuilder::sslContext,
          NimbleClientBuilder::build,
          NimbleClient::readUser);

  private final FakeArray array;

  NimbleUnderTest() {
    this(null);
  }

  private NimbleUnderTest(SSLContext certificate) {
    array = new FakeArray(certificate);
  }

  FakeArray array() {
    return array;
  }

  @Override
  public FakeService service() {
    return array.service();
  }

  @Override
  public ClientUnderTest secured(SSLContext certificate) {
    return new NimbleUnderTest(certificate);
  }

  @Override
  public AnyBuilder<?, ?> empty() {
    return new AnyBuilder<>(NimbleClient.builder(), METHODS);
  }

  @Override
  public AnyBuilder<?, ?> withoutEndpoint() {
    return new AnyBuilder<>(NimbleClient.builder().username("admin").password(SECRET), METHODS);
  }

  @Override
  public Facts facts() {
    return new Facts(
        "username(...) and password(...)",
        "https://array.example:5392",
        NimbleException.class,
        NimbleTransportException.class,
        NimbleTimeoutException.class);
  }

  @Override
  public String description(String endpoint) {
    return "NimbleClient[" + endpoint + ", admin]";
  }

  @Override
  public List<String> linesOfFirstRead(String name) {
    return List.of("POST /v1/tokens", "GET /v1/users/" + name);
  }

  @Override
  public Answer found(String name) {
    return Answer.json(200, "{\"data\":{\"name\":\"" + name + "\"}}");
  }

  @Override
  public Answer refusal() {
    return Answer.json(
        400,
        """
            {"messages":[{"code":"SomeCode","severity":"error","text":"Some text.",
             "arguments":{"arg":"name"}}]}""");
  }

  @Override
  public List<?> details(ServiceException e) {
    return ((NimbleException) e).messages();
  }

  @Override
  public void answer(Function<Received, Answer> byRequest) {
    array.answerEach(byRequest);
  }

  @Override
  public List<Received> requests() {
    return array.others();
  }
}
