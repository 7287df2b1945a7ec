package dev.roster.server.apimanagement;

import dev.roster.server.auth.Authenticator;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.RosterConfig.AuthMode;
import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Knows callers by a bearer token for Azure Resource Manager. */
@Singleton
class ApiManagementAuthenticator implements Authenticator {

  private static final String BEARER = "bearer";

  private final AuthMode mode;

  @Inject
  ApiManagementAuthenticator(RosterConfig config) {
    this.mode = config.auth();
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
    boolean token =
        blank > 0
            && authorization.substring(0, blank).equalsIgnoreCase(BEARER)
            && !authorization.substring(blank).isBlank();
    // There is no issuer of tokens to trust yet, so strict takes none.
    if (!token || mode == AuthMode.STRICT) {
      throw ApiManagementErrors.invalidAuthenticationToken();
    }
  }
}
