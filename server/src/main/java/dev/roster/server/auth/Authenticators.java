package dev.roster.server.auth;

import dev.roster.server.http.Api;
import dev.roster.server.http.RequestContext;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The authenticator of each API. */
@ApplicationScoped
public class Authenticators {

  private final Map<Api, Authenticator> authenticators = new EnumMap<>(Api.class);

  @Inject
  Authenticators(@All List<Authenticator> authenticators) {
    authenticators.forEach(
        authenticator -> this.authenticators.put(authenticator.api(), authenticator));
  }

  /** Who knows the callers of the API that the request's path belongs to. */
  public Optional<Authenticator> of(RequestContext context) {
    return context.api().map(authenticators::get);
  }
}
