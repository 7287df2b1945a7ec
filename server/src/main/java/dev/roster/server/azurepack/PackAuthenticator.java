package dev.roster.server.azurepack;

import dev.roster.server.auth.Authenticator;
import dev.roster.server.auth.BearerToken;
import dev.roster.server.auth.BearerTokens;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Knows callers by a bearer token of one of the two authentication sites. */
@Singleton
class PackAuthenticator implements Authenticator {

  private static final String BEARER = "bearer";

  private final BearerTokens tokens;
  private final InvalidTokenService invalidTokens;
  private final PackPort port;
  private final Caller caller;
  private final String adminAudience;
  private final Set<String> audiences;

  @Inject
  PackAuthenticator(
      BearerTokens tokens,
      InvalidTokenService invalidTokens,
      PackPort port,
      Caller caller,
      RosterConfig config) {
    this.tokens = tokens;
    this.invalidTokens = invalidTokens;
    this.port = port;
    this.caller = caller;
    this.adminAudience = config.pack().admin().audience();
    // A deployer may have one site for both.
    this.audiences = Set.copyOf(List.of(adminAudience, config.pack().tenant().audience()));
  }

  @Override
  public void authenticate(ApiRequest request) {
    String authorization = request.header("Authorization").map(String::strip).orElse("");
    int blank = authorization.indexOf(' ');
    boolean isBearer = blank > 0 && authorization.substring(0, blank).equalsIgnoreCase(BEARER);
    String text = isBearer ? authorization.substring(blank).strip() : "";
    if (text.isEmpty()) {
      throw PackErrors.authenticationFailed("The request needs a bearer token in Authorization.");
    }
    BearerToken token =
        tokens
            .check(text, audiences)
            .filter(taken -> !invalidTokens.refuses(taken))
            .orElseThrow(() -> PackErrors.authenticationFailed("The bearer token is not valid."));
    // The administrator's token is good for both interfaces, and the tenant's for one.
    boolean isTenants = !token.audiences().isEmpty() && !token.audiences().contains(adminAudience);
    if (isTenants && !port.isTenants()) {
      throw PackErrors.administratorNeeded();
    }
    if (isTenants) {
      caller.restrictTo(token.user());
    }
  }
}
