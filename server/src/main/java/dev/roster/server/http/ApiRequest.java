package dev.roster.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire: nothing decoded, nothing normalised, unless said.
 *
 * <p>Signatures are made over exactly this.
 */
public final class ApiRequest {

  private final HttpServerRequest request;
  private final String rawPath;
  private final String rawQuery;
  private final String accept;
  private List<QueryParameter> query;
  private String origin;

  /** One parameter of the query string, decoded. */
  public record QueryParameter(String name, String value) {}

  /**
   * Reads a request of the HTTP server.
   *
   * @param target the request target as it was sent
   * @param accept the Accept header as it was sent; null without one
   */
  public ApiRequest(HttpServerRequest request, String target, String accept) {
    this.request = request;
    this.accept = accept;
    int question = target.indexOf('?');
    this.rawPath = path(question < 0 ? target : target.substring(0, question));
    this.rawQuery = question < 0 ? "" : target.substring(question + 1);
  }

  /** The path of a request target, which may also be a whole URL (RFC 9112, section 3.2.2). */
  private static String path(String target) {
    int authority = target.indexOf("://");
    if (target.startsWith("/") || authority < 0) {
      return target;
    }
    int path = target.indexOf('/', authority + "://".length());
    return path < 0 ? "/" : target.substring(path);
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
    // Not before somebody asks: the request may be at fault for a query that cannot be decoded.
    if (query == null) {
      query = QueryStrings.parse(rawQuery);
    }
    return query;
  }

  /** The first query parameter of that name, whatever its case. */
  public Optional<String> queryParameter(String name) {
    for (QueryParameter parameter : query()) {
      if (parameter.name().equalsIgnoreCase(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }

  /** The first header of that name, whatever its case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /**
   * The headers whose names begin so, whatever their case, in the order of their names.
   *
   * @param prefix lower case, as the names that are given
   */
  public List<Map.Entry<String, String>> headersBeginningWith(String prefix) {
    List<Map.Entry<String, String>> found = new ArrayList<>();
    for (Map.Entry<String, String> header : request.headers()) {
      if (header.getKey().regionMatches(true, 0, prefix, 0, prefix.length())) {
        found.add(Map.entry(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
      }
    }
    found.sort(Map.Entry.comparingByKey());
    return found;
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

  /**
   * Scheme, host and port as the caller names them, such as {@code http://localhost:8080}; the
   * listener's own if the caller names none.
   */
  public String origin() {
    if (origin == null) {
      HostAndPort named = request.authority();
      origin = request.scheme() + "://" + (named != null ? named : listener());
    }
    return origin;
  }

  /** As {@link #origin}, with the port even where it is the scheme's own. */
  public String originWithPort() {
    HostAndPort named = request.authority();
    if (named == null || named.port() > 0) {
      return origin();
    }
    return origin() + (request.scheme().equals("https") ? ":443" : ":80");
  }

  /** The Accept header, which routing does not see. */
  public Optional<String> accept() {
    return Optional.ofNullable(accept);
  }

  /** The IP address that the connection comes from. */
  public String remoteAddress() {
    return request.remoteAddress().hostAddress();
  }

  private HostAndPort listener() {
    SocketAddress address = request.localAddress();
    String host = address.hostAddress();
    return HostAndPort.create(host.contains(":") ? "[" + host + "]" : host, address.port());
  }
}
