package dev.roster.server.database;

import dev.roster.server.http.RequestContext;
import io.quarkus.arc.Arc;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Tells Hibernate whose rows a session sees: those of the request's space. */
@PersistenceUnitExtension
@ApplicationScoped
public class SpaceResolver implements TenantResolver {

  @Inject RequestContext context;

  @Override
  public String getDefaultTenantId() {
    return RequestContext.DEFAULT_SPACE;
  }

  @Override
  public String resolveTenantId() {
    // The sample world is made before the first request.
    return Arc.container().requestContext().isActive()
        ? context.space()
        : RequestContext.DEFAULT_SPACE;
  }
}
