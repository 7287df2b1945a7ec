package dev.roster.server.http;

import dev.roster.server.error.RequestFailure;
import dev.roster.server.error.RequestFailure.Kind;
import dev.roster.server.error.RoutingRefusals;
import dev.roster.server.http.Deadline.Answerer;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What has to happen to a request before routing sees it. */
@Singleton
class RequestGate {

  /**
   * Bodies of at most this many bytes are read before a worker thread is taken. A worker that read
   * them would have to wait for the thread that it just came from; see bench/README.md.
   */
  private static final long SHORT_BODY = 64L * 1024L;

  private final RoutingRefusals refusals;
  private final ApiProtocols protocols;
  private final ApiListeners listeners;
  private final RequestContext context;
  private final CurrentVertxRequest current;

  @Inject
  RequestGate(
      RoutingRefusals refusals,
      ApiProtocols protocols,
      ApiListeners listeners,
      RequestContext context,
      CurrentVertxRequest current) {
    this.refusals = refusals;
    this.protocols = protocols;
    this.listeners = listeners;
    this.context = context;
    this.current = current;
  }

  void register(@Observes Filters filters) {
    filters.register(this::admit, FilterOrder.READABLE_URL);
  }

  private void admit(RoutingContext routing) {
    String uri = routing.request().uri();
    if (!isReadable(uri)) {
      refuse(routing, Kind.UNREADABLE_URL);
      return;
    }
    Optional<Api> api = Api.ofPath(routing.normalizedPath());
    Optional<Api> owner = listeners.owner(routing.request());
    if (owner.isPresent() && !owner.equals(api)) {
      refuse(routing, Kind.UNKNOWN_PATH);
      return;
    }
    if (api.isPresent()) {
      beginDeadline(routing, protocols.of(api.get()));
      if (routing.request().method().equals(HttpMethod.OPTIONS)) {
        // No API has this verb; routing would answer it by itself.
        refuse(routing, Kind.WRONG_METHOD);
        return;
      }
      ApiProtocol protocol = protocols.of(api.get());
      String target = routedTarget(uri, protocol);
      if (!target.equals(uri)) {
        routing.put(RequestContext.TARGET_AS_SENT, uri);
        routing.reroute(target);
        return;
      }
      // No API refuses what it could not answer as the caller likes; one chooses by it.
      routing.put(RequestContext.ACCEPT_AS_SENT, routing.request().getHeader(HttpHeaders.ACCEPT));
      routing.request().headers().remove(HttpHeaders.ACCEPT);
      String contentType = routing.request().getHeader(HttpHeaders.CONTENT_TYPE);
      if (contentType != null) {
        routing
            .request()
            .headers()
            .set(HttpHeaders.CONTENT_TYPE, protocol.routedContentType(contentType));
      }
      if (hasShortBody(routing.request())) {
        // Quarkus holds the body back until somebody asks for it.
        routing
            .request()
            .resume()
            .body()
            .onSuccess(
                body -> {
                  routing.setBody(body);
                  routing.next();
                });
        // Otherwise the connection is gone, and nobody waits for an answer.
        return;
      }
    }
    routing.next();
  }

  private void beginDeadline(RoutingContext routing, ApiProtocol protocol) {
    if (Deadline.of(routing).isEmpty()) {
      routing.put(RequestContext.ID, UUID.randomUUID());
      ApiRequest request = new ApiRequest(routing.request(), routing.request().uri(), null);
      Deadline.begin(
          routing,
          protocol.timeLimit(request),
          () -> sendLate(routing, answer(routing, Kind.TIMED_OUT)));
    }
  }

  /** Somebody may still read the body or work on the request, so the connection ends with it. */
  private static void sendLate(RoutingContext routing, Response error) {
    routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    send(routing, error);
  }

  /** Who expects 100-continue waits for the checks of the headers, so its body is not read here. */
  private static boolean hasShortBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || request.headers().contains(HttpHeaders.EXPECT)) {
      return false;
    }
    try {
      long bytes = Long.parseLong(length);
      return bytes > 0 && bytes <= SHORT_BODY;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** What routing is to see in place of what was sent. */
  private static String routedTarget(String uri, ApiProtocol protocol) {
    int question = uri.indexOf('?');
    int end = question < 0 ? uri.length() : question;
    // JAX-RS takes what follows a semicolon for a matrix parameter; the vendors' clients send names
    // like that.
    String path = uri.substring(0, end).replace(";", "%3B");
    return protocol.routedPath(path) + uri.substring(end);
  }

  /** Whether everything that is percent-encoded is UTF-8 without NUL. */
  private static boolean isReadable(String uri) {
    if (uri.indexOf('%') < 0) {
      return true;
    }
    try {
      byte[] bytes =
          URLDecoder.decode(uri, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.chars().noneMatch(c -> c == 0);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return false;
    }
  }

  /** Answers here, because routing would answer such a request by itself, without a body. */
  private void refuse(RoutingContext routing, Kind kind) {
    routing
        .vertx()
        .executeBlocking(() -> answer(routing, kind), false)
        .onSuccess(
            error -> {
              if (Deadline.of(routing).map(d -> d.claim(Answerer.REQUEST)).orElse(true)) {
                send(routing, error);
              }
            })
        .onFailure(routing::fail);
  }

  private Response answer(RoutingContext routing, Kind kind) {
    ManagedContext requestContext = Arc.container().requestContext();
    boolean activated = !requestContext.isActive();
    if (activated) {
      requestContext.activate();
    }
    try {
      current.setCurrent(routing);
      Response error = refusals.answer(new RequestFailure(kind));
      protocols
          .of(context)
          .ifPresent(
              protocol -> protocol.addResponseHeaders(context.request(), error.getHeaders()));
      return error;
    } finally {
      if (activated) {
        requestContext.terminate();
      }
    }
  }

  private static void send(RoutingContext routing, Response error) {
    HttpServerResponse response = routing.response().setStatusCode(error.getStatus());
    error
        .getHeaders()
        .forEach((name, values) -> response.putHeader(name, values.get(0).toString()));
    // JSON as a tree, or a text that is written already
    response.end(error.hasEntity() ? error.getEntity().toString() : "");
  }
}
