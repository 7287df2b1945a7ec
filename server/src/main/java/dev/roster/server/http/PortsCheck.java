package dev.roster.server.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The server is not ready before the ports of the APIs are open, after the main ones. */
@Readiness
@Singleton
class PortsCheck implements HealthCheck {

  private final ApiListeners listeners;

  @Inject
  PortsCheck(ApiListeners listeners) {
    this.listeners = listeners;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("Ports of the APIs").status(listeners.areOpen()).build();
  }
}
