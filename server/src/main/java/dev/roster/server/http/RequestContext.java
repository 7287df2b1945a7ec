package dev.roster.server.http;

import dev.roster.server.error.RequestTimeoutException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of the request at hand, whatever its API.
 *
 * <p>Work that is done without an HTTP request, such as making the sample world, has a context too;
 * it only may not ask for the request.
 */
@RequestScoped
public class RequestContext {

  /** The only space so far; see the design's note on spaces. */
  public static final String DEFAULT_SPACE = "default";

  /** The longest that any request may take. */
  public static final Duration LONGEST = Duration.ofSeconds(30);

  /** Under this key the gate keeps the target of a request that it had to rewrite for routing. */
  static final String TARGET_AS_SENT = RequestContext.class.getName() + ".target";

  /** Under this key the gate keeps the Accept header, which it takes from routing. */
  static final String ACCEPT_AS_SENT = RequestContext.class.getName() + ".accept";

  /** Under this key the gate keeps the id of a request, which outlives this object. */
  static final String ID = RequestContext.class.getName() + ".id";

  private final CurrentVertxRequest current;
  private final ApiListeners listeners;
  private UUID requestId;
  private Deadline deadline;
  private ApiRequest request;
  private Optional<Api> api;

  @Inject
  RequestContext(CurrentVertxRequest current, ApiListeners listeners) {
    this.current = current;
    this.listeners = listeners;
  }

  /** The server's id for this request. */
  public UUID requestId() {
    if (requestId == null) {
      RoutingContext routing = current.getCurrent();
      UUID known = routing == null ? null : routing.get(ID);
      requestId = known == null ? UUID.randomUUID() : known;
    }
    return requestId;
  }

  /** The request as it came over the wire. */
  public ApiRequest request() {
    if (request == null) {
      RoutingContext routing = current.getCurrent();
      String target = routing.get(TARGET_AS_SENT, routing.request().uri());
      String accept = routing.get(ACCEPT_AS_SENT, routing.request().getHeader(HttpHeaders.ACCEPT));
      request = new ApiRequest(routing.request(), target, accept);
    }
    return request;
  }

  /**
   * The API that the port belongs to, or on the main ports the path.
   *
   * <p>By the path as routing reads it: {@code //pools} and {@code /%70ools} are {@code /pools}.
   */
  public Optional<Api> api() {
    if (api == null) {
      RoutingContext routing = current.getCurrent();
      Optional<Api> owner = listeners.owner(routing.request());
      api = owner.isPresent() ? owner : Api.ofPath(routedPath(routing));
    }
    return api;
  }

  /** What the properties of the port that the request came in by begin with; see ApiListener. */
  public Optional<String> listener() {
    return listeners.prefix(current.getCurrent().request());
  }

  /** The path as routing reads it. */
  public String routedPath() {
    return routedPath(current.getCurrent());
  }

  private static String routedPath(RoutingContext routing) {
    try {
      return routing.normalizedPath();
    } catch (IllegalArgumentException e) {
      // The escapes of this URL are what is wrong with it.
      return routing.request().path();
    }
  }

  /** The space whose data the request sees. */
  public String space() {
    return DEFAULT_SPACE;
  }

  /** Bounds the time that the request may take in the server, counted from its arrival. */
  public void limitTo(Duration limit) {
    deadline().limitTo(limit);
  }

  /**
   * The time that is left.
   *
   * @throws RequestTimeoutException if none is left
   */
  public Duration remaining() {
    Duration remaining = left();
    if (remaining.isNegative() || remaining.isZero()) {
      throw new RequestTimeoutException();
    }
    return remaining;
  }

  /** The time that is left; not positive if none is. */
  public Duration left() {
    return deadline().left();
  }

  /** Whether the caller asked for less time than the server gives anyway. */
  public boolean isLimited() {
    return deadline().limit().compareTo(LONGEST) < 0;
  }

  /** The deadline that the gate has set; empty for what is no API's. */
  Optional<Deadline> deadlineOfApi() {
    return Optional.ofNullable(current.getCurrent()).flatMap(Deadline::of);
  }

  private Deadline deadline() {
    if (deadline == null) {
      deadline = deadlineOfApi().orElseGet(() -> new Deadline(LONGEST));
    }
    return deadline;
  }
}
