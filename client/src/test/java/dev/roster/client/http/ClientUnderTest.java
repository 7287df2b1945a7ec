package dev.roster.client.http;

import dev.roster.client.ServiceException;
import dev.roster.client.TransportException;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A fake service of one API and the client for it: what the tests that are the same for all APIs
 * need to know of each.
 */
public interface ClientUnderTest extends AutoCloseable {

  /** The token or password that every builder of these tests has. */
  String SECRET = "t0ken-of-mine";

  FakeService service();

  /** The same with https. */
  ClientUnderTest secured(SSLContext certificate);

  /** A builder without any setting. */
  AnyBuilder<?, ?> empty();

  /** A builder that lacks the endpoint only. */
  AnyBuilder<?, ?> withoutEndpoint();

  /** A builder of a client for the fake service. */
  default AnyBuilder<?, ?> builder() {
    return withoutEndpoint().endpoint(service().endpoint());
  }

  Facts facts();

  /** What a client of {@link #withoutEndpoint()} with this endpoint tells of itself. */
  String description(String endpoint);

  /** The lines of the requests that a first read makes. */
  List<String> linesOfFirstRead(String name);

  /** An answer to a read. */
  Answer found(String name);

  /** A refusal with a code, a text and details. */
  Answer refusal();

  /** What an exception tells beside its code and text. */
  List<?> details(ServiceException e);

  /** Answers every request but log-ins. */
  default void answer(Function<Received, Answer> byRequest) {
    service().answer(byRequest);
  }

  default void answer(Answer answer) {
    answer(request -> answer);
  }

  /** All requests but log-ins. */
  default List<Received> requests() {
    return service().all();
  }

  /** How messages name the first request of a first read. */
  default String firstRequest(Object endpoint, String name) {
    return named(linesOfFirstRead(name).get(0), endpoint);
  }

  /** How messages name the read itself. */
  default String readRequest(String name) {
    List<String> lines = linesOfFirstRead(name);
    return named(lines.get(lines.size() - 1), service().endpoint());
  }

  private static String named(String line, Object endpoint) {
    String[] parts = line.split("[ ?]", 3);
    return parts[0] + " " + endpoint + parts[1];
  }

  @Override
  default void close() {
    service().close();
  }

  /**
   * What differs from API to API and never changes.
   *
   * @param credentialSetters what the builder tells to call when it has no credentials
   * @param exampleEndpoint the endpoint that the builder names as an example
   * @param refused the exception for a refusal
   * @param broken the exception for no usable answer
   * @param timedOut the exception for a time-out of the client
   */
  record Facts(
      String credentialSetters,
      String exampleEndpoint,
      Class<? extends ServiceException> refused,
      Class<? extends TransportException> broken,
      Class<? extends TransportException> timedOut) {}
}
