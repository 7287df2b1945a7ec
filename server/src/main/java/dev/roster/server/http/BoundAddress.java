package dev.roster.server.http;

import dev.roster.server.config.ListenAddress;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupChecks;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Checks the address of the main ports at the last moment before they are opened, wherever it comes
 * from. {@link ApiListeners} opens the other ports with the same options.
 */
@Singleton
class BoundAddress implements HttpServerOptionsCustomizer {

  private final RosterConfig config;

  @Inject
  BoundAddress(RosterConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    check(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    check(options);
  }

  private void check(HttpServerOptions options) {
    StartupChecks.checkAddress(ListenAddress.of(options.getHost()), config);
  }
}
