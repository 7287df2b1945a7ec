package dev.roster.server.http;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens the ports that belong to one API, beside the main ports and with the same certificate.
 *
 * <p>They serve the same routes under the same limits: their options are those that Quarkus made
 * for the main https port. Where https is switched off there are none.
 */
@Singleton
public class ApiListeners implements HttpServerOptionsCustomizer {

  private final List<ApiListener> listeners;
  private final Vertx vertx;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Map<Integer, ApiListener> byPort = new ConcurrentHashMap<>();
  private final boolean enabled;
  private HttpServerOptions options;

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
   * @throws StartupException naming the property of a port that cannot be opened
   */
  public void open() {
    if (!enabled) {
      // Quarkus makes options for https all the same, without a certificate.
      return;
    }
    for (ApiListener listener : listeners) {
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
  }

  private void listen(HttpServer server, ApiListener listener) {
    try {
      server.listen().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new StartupException(
          "port "
              + listener.port().getAsInt()
              + " on "
              + options.getHost()
              + " cannot be opened ("
              + e.getCause().getMessage()
              + "). Stop what uses it, or set "
              + listener.prefix()
              + ".port to another port.",
          e);
    }
  }

  void close(@Observes ShutdownEvent event) {
    servers.forEach(server -> server.close().toCompletionStage().toCompletableFuture().join());
  }

  /** The port that is open by the properties of a prefix; empty if none is. */
  public OptionalInt openPort(String prefix) {
    return byPort.entrySet().stream()
        .filter(open -> open.getValue().prefix().equals(prefix))
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
