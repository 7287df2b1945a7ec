package dev.roster.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as it came over the wire: nothing decoded, nothing normalised, unless said.
 *
 * <p>Signatures are made over exactly this.
 */
public final class ApiRequest {

  private final HttpServerRequest request;
  private final String rawPath;
  private final List<QueryParameter> query;

  /** One parameter of the query string, decoded. */
  public record QueryParameter(String name, String value) {}

  /** Reads a request of the HTTP server. */
  public ApiRequest(HttpServerRequest request) {
    this.request = request;
    String uri = request.uri();
    int question = uri.indexOf('?');
    this.rawPath = question < 0 ? uri : uri.substring(0, question);
    this.query = question < 0 ? List.of() : QueryStrings.parse(uri.substring(question + 1));
  }

  /** The verb, upper case. */
  public String method() {
    return request.method().name();
  }

  /** The path with its percent-encoding as sent. */
  public String rawPath() {
    return rawPath;
  }

  /** All query parameters in the order sent, decoded. */
  public List<QueryParameter> query() {
    return query;
  }

  /** The first query parameter of that name, whatever its case. */
  public Optional<String> queryParameter(String name) {
    return query.stream()
        .filter(parameter -> parameter.name().equalsIgnoreCase(name))
        .map(QueryParameter::value)
        .findFirst();
  }

  /** The first header of that name, whatever its case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** All headers in the order of their names, lower-cased. */
  public Stream<Map.Entry<String, String>> headers() {
    return request.headers().entries().stream()
        .map(
            header ->
                Map.entry(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()))
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()));
  }

  /** Whether the request announces a body that is not empty. */
  public boolean hasBody() {
    return header("Transfer-Encoding").isPresent() || contentLength() > 0;
  }

  /** The announced size of the body in bytes; -1 if none is announced. */
  public long contentLength() {
    try {
      return header("Content-Length").map(Long::parseLong).orElse(-1L);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Scheme, host and port as the caller names them, such as {@code http://localhost:8080}. */
  public String origin() {
    return request.scheme() + "://" + request.authority();
  }
}
