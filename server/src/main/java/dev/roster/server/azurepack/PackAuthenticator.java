package dev.roster.server.azurepack;

import dev.roster.server.auth.Authenticator;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.RosterConfig.AuthMode;
import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Knows callers by a bearer token of one of the two authentication sites. */
@Singleton
class PackAuthenticator implements Authenticator {

  private static final String BEARER = "bearer";

  private final AuthMode mode;

  @Inject
  PackAuthenticator(RosterConfig config) {
    this.mode = config.auth();
  }

  @Override
  public void authenticate(ApiRequest request) {
    String authorization = request.header("Authorization").map(String::strip).orElse("");
    int blank = authorization.indexOf(' ');
    boolean token =
        blank > 0
            && authorization.substring(0, blank).equalsIgnoreCase(BEARER)
            && !authorization.substring(blank).isBlank();
    if (!token) {
      throw PackErrors.authenticationFailed("The request needs a bearer token in Authorization.");
    }
    // There is no issuer of tokens to trust yet, so strict takes none.
    if (mode == AuthMode.STRICT) {
      throw PackErrors.authenticationFailed("The bearer token is not valid.");
    }
  }
}
