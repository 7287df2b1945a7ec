package dev.roster.server.auth;

import dev.roster.server.http.FilterOrder;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Asks the API's authenticator before anything of the request is looked at further. */
public class AuthenticationFilter {

  @Inject Authenticators authenticators;
  @Inject RequestContext context;

  /** Ends the request of a caller who is not known. */
  @ServerRequestFilter(priority = FilterOrder.AUTHENTICATION)
  public void authenticate() {
    authenticators
        .of(context)
        .ifPresent(authenticator -> authenticator.authenticate(context.request()));
  }
}
