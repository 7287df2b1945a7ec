package dev.roster.server.apimanagement;

import dev.roster.server.auth.Authenticator;
import dev.roster.server.auth.BearerTokens;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;

/** Knows callers by a bearer token for Azure Resource Manager. */
@Singleton
class ApiManagementAuthenticator implements Authenticator {

  private static final String BEARER = "bearer";

  private final BearerTokens tokens;
  private final Set<String> audiences;

  @Inject
  ApiManagementAuthenticator(BearerTokens tokens, RosterConfig config) {
    this.tokens = tokens;
    this.audiences = config.apim().audiences();
  }

  @Override
  public void authenticate(ApiRequest request) {
    String authorization =
        request
            .header("Authorization")
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .orElseThrow(ApiManagementErrors::authenticationFailed);
    int blank = authorization.indexOf(' ');
    boolean isBearer = blank > 0 && authorization.substring(0, blank).equalsIgnoreCase(BEARER);
    String token = isBearer ? authorization.substring(blank).strip() : "";
    if (tokens.check(token, audiences).isEmpty()) {
      throw ApiManagementErrors.invalidAuthenticationToken();
    }
  }
}
