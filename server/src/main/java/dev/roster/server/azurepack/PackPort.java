package dev.roster.server.azurepack;

import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Which of the two interfaces a request came in by; the main ports are the administrator's. */
@Singleton
class PackPort {

  private final RequestContext context;

  @Inject
  PackPort(RequestContext context) {
    this.context = context;
  }

  /** Whether it is the tenants' interface. */
  boolean isTenants() {
    return context.listener().filter(TenantListener.PREFIX::equals).isPresent();
  }
}
