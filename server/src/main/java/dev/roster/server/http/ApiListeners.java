package dev.roster.server.http;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Opens the ports that belong to one API, beside the main ports and with the same certificate.
 *
 * <p>They serve the same routes under the same limits: their options are those that Quarkus made
 * for the main https port. Where https is switched off there are none.
 */
@Singleton
public class ApiListeners implements HttpServerOptionsCustomizer {

  private static final Logger LOG = Logger.getLogger(ApiListeners.class);

  /** Opening or closing one port takes no longer on a loaded machine. */
  private static final long PATIENCE_SECONDS = 2;

  private final List<ApiListener> listeners;
  private final Vertx vertx;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Map<Integer, ApiListener> byPort = new ConcurrentHashMap<>();
  private final boolean enabled;
  private HttpServerOptions options;
  private boolean closed;
  private volatile boolean open;

  @Inject
  ApiListeners(@All List<ApiListener> listeners, Vertx vertx, RosterConfig config) {
    this.listeners = listeners;
    this.vertx = vertx;
    this.enabled = config.https().enabled();
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions mainPort) {
    options = mainPort;
  }

  /**
   * Opens the ports, once the main ports are open.
   *
   * @return false if the server was stopped before
   * @throws StartupException naming the property of a port that cannot be opened
   */
  public synchronized boolean open() {
    if (closed) {
      return false;
    }
    // Quarkus makes options for https all the same when it is off, without a certificate.
    for (ApiListener listener : enabled ? listeners : List.<ApiListener>of()) {
      if (listener.port().isPresent()) {
        HttpServer server =
            vertx
                .createHttpServer(
                    new HttpServerOptions(options).setPort(listener.port().getAsInt()))
                .requestHandler(VertxHttpRecorder.getRootHandler());
        servers.add(server);
        listen(server, listener);
        byPort.put(server.actualPort(), listener);
      }
    }
    open = true;
    return true;
  }

  private void listen(HttpServer server, ApiListener listener) {
    try {
      await(server.listen());
    } catch (ExecutionException | TimeoutException e) {
      throw new StartupException(
          "port "
              + listener.port().getAsInt()
              + " on "
              + options.getHost()
              + " cannot be opened ("
              + (e.getCause() == null ? "no answer" : e.getCause().getMessage())
              + "). Stop what uses it, or set "
              + listener.prefix()
              + ".port to another port.",
          e);
    }
  }

  /** Closes the ports; waits while they are being opened. */
  synchronized void close(@Observes ShutdownEvent event) {
    closed = true;
    open = false;
    for (HttpServer server : servers) {
      try {
        await(server.close());
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("The port closes with the process", e);
      }
    }
  }

  private static void await(Future<?> outcome) throws ExecutionException, TimeoutException {
    try {
      outcome.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }

  /** Whether all ports are open. */
  boolean areOpen() {
    return open;
  }

  /** The port that is open by the properties of a prefix; empty if none is. */
  public OptionalInt openPort(String prefix) {
    return byPort.entrySet().stream()
        .filter(entry -> open)
        .filter(entry -> entry.getValue().prefix().equals(prefix))
        .mapToInt(Map.Entry::getKey)
        .findFirst();
  }

  /** Whose port a request came in by; empty on the main ports. */
  Optional<Api> owner(HttpServerRequest request) {
    return listener(request).map(ApiListener::api);
  }

  /**
   * What the properties of the port that a request came in by begin with; empty on the main ports.
   */
  Optional<String> prefix(HttpServerRequest request) {
    return listener(request).map(ApiListener::prefix);
  }

  private Optional<ApiListener> listener(HttpServerRequest request) {
    return byPort.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(byPort.get(request.localAddress().port()));
  }
}
