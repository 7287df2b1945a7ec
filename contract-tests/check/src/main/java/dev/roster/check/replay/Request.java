package dev.roster.check.replay;

import dev.roster.testing.Answer;
import dev.roster.testing.Contract.Fault;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A request of a test; nothing is added that the test did not say, except what HTTP needs. */
public final class Request {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Target target;
  private final String method;
  private final String pathAndQuery;
  private final Consumer<Exchange> memory;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private byte[] body = new byte[0];
  private Consumer<Answer> creation = answer -> {};
  private BiConsumer<Request, Map<String, String>> signer = (request, signed) -> {};

  /**
   * Begins a request.
   *
   * @param pathAndQuery encoded
   * @param memory takes the exchange, before the answer is checked
   */
  Request(Target target, String method, String pathAndQuery, Consumer<Exchange> memory) {
    this.target = target;
    this.method = method;
    this.pathAndQuery = pathAndQuery;
    this.memory = memory;
  }

  /** Sets a header. */
  public Request header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Leaves a header out. */
  public Request without(String name) {
    headers.remove(name);
    return this;
  }

  /** Sends a text as body, without a Content-Type. */
  public Request body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Sends a JSON text as {@code application/json}. */
  public Request json(String text) {
    return header("Content-Type", "application/json").body(text);
  }

  /**
   * Tells when something has been made.
   *
   * @param creation takes an answer of 201, before it is checked
   */
  public Request whenCreated(Consumer<Answer> creation) {
    this.creation = creation;
    return this;
  }

  /**
   * Has the whole request signed when it is sent.
   *
   * @param signer gets the request and may add to its headers
   */
  public Request signedBy(BiConsumer<Request, Map<String, String>> signer) {
    this.signer = signer;
    return this;
  }

  /** The verb. */
  public String method() {
    return method;
  }

  /** The URL. */
  public URI uri() {
    return URI.create(target.origin() + pathAndQuery);
  }

  /** Length of the body in bytes, 0 without one. */
  public int bodyLength() {
    return body.length;
  }

  /** The headers so far; names in any case. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /**
   * Sends it, and checks the answer against the contract.
   *
   * @throws AssertionError if the answer breaks the contract
   */
  public Answer send() {
    Answer answer = sendUnchecked();
    if (answer.status() == 201) {
      creation.accept(answer);
    }
    int question = pathAndQuery.indexOf('?');
    List<Fault> faults =
        target
            .api()
            .contract()
            .checkResponse(
                method,
                question < 0 ? pathAndQuery : pathAndQuery.substring(0, question),
                answer.status(),
                answer.headers(),
                answer.bytes());
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "the answer breaks the contract: "
              + faults.stream().map(Fault::message).collect(Collectors.joining("; ")));
    }
    return answer;
  }

  /** Sends it, whatever the answer. */
  public Answer sendUnchecked() {
    signer.accept(this, headers);
    Answer answer = target.send(this);
    memory.accept(new Exchange(method + " " + pathAndQuery, answer));
    return answer;
  }

  HttpRequest build() {
    BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri()).timeout(PATIENCE).method(method, publisher);
    headers.forEach(
        (name, value) -> {
          // The client sets this one itself; it is among the headers to be signed.
          if (!name.equalsIgnoreCase("Content-Length")) {
            request.setHeader(name, value);
          }
        });
    return request.build();
  }
}
