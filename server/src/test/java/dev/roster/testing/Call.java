package dev.roster.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * A request of a test. Every answer is checked against the contract before the test sees it.
 *
 * <p>Nothing is added to the request that the test did not say, except what HTTP needs.
 */
public final class Call {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What Roster and Quarkus answer for themselves, which no contract describes. */
  private static final List<String> WITHOUT_CONTRACT = List.of("/roster/", "/q/");

  private final Optional<Contract> contract;
  private final String origin;
  private final String method;
  private final String target;
  private final List<String> headers = new ArrayList<>();
  private HttpClient client = CLIENT;
  private BodyPublisher body = BodyPublishers.noBody();

  private Call(Optional<Contract> contract, String origin, String method, String target) {
    this.contract = contract;
    this.origin = origin;
    this.method = method;
    this.target = target;
  }

  /**
   * Begins a request.
   *
   * @param origin such as {@code http://localhost:8080}
   * @param target path and query, encoded
   */
  public static Call of(Contract contract, String origin, String method, String target) {
    return new Call(Optional.of(contract), origin, method, target);
  }

  /**
   * Begins a request for what is no API's, the only answers that are not checked.
   *
   * @param target below {@code /roster/} or {@code /q/}
   */
  public static Call ofNoApi(String origin, String target) {
    return ofNoApi(origin, "GET", target);
  }

  /** The same with another verb. */
  public static Call ofNoApi(String origin, String method, String target) {
    if (WITHOUT_CONTRACT.stream().noneMatch(target::startsWith)) {
      throw new IllegalArgumentException(target + " may have a contract");
    }
    return new Call(Optional.empty(), origin, method, target);
  }

  /**
   * Sends it over https, to a server that proves who it is.
   *
   * @param trust see {@link Trust}
   * @param version the newest that the client offers
   */
  public Call trusting(SSLContext trust, HttpClient.Version version) {
    client = HttpClient.newBuilder().version(version).sslContext(trust).build();
    return this;
  }

  /** Adds a header. */
  public Call header(String name, String value) {
    headers.add(name);
    headers.add(value);
    return this;
  }

  /** Sends a text as body, without a Content-Type. */
  public Call body(String text) {
    body = BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    return this;
  }

  /** Sends a body whose size is not announced. */
  public Call chunkedBody(byte[] bytes) {
    body = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes));
    return this;
  }

  /** Sends a JSON text with its Content-Type. */
  public Call json(String text) {
    return header("Content-Type", "application/json; odata=minimalmetadata").body(text);
  }

  /** The request as built, for tests that sign it. */
  public HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + target)).timeout(PATIENCE).method(method, body);
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return request.build();
  }

  /** Sends the request and checks the answer against the contract. */
  public Answer send() {
    try {
      return attempt();
    } catch (IOException e) {
      throw new AssertionError(method + " " + target, e);
    }
  }

  /** As {@link #send}, of a server that may refuse the connection or break it off. */
  public Answer attempt() throws IOException {
    try {
      HttpResponse<byte[]> response = client.send(request(), BodyHandlers.ofByteArray());
      Map<String, List<String>> responseHeaders = new TreeMap<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> responseHeaders.put(name.toLowerCase(Locale.ROOT), values));
      Answer answer = new Answer(response.statusCode(), responseHeaders, response.body());
      contract.ifPresent(described -> described.check(method, target, answer));
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
