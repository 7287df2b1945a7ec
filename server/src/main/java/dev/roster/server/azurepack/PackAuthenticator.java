package dev.roster.server.azurepack;

import dev.roster.server.auth.Authenticator;
import dev.roster.server.auth.BearerToken;
import dev.roster.server.auth.BearerTokens;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Knows callers by a bearer token of one of the two authentication sites. */
@Singleton
class PackAuthenticator implements Authenticator {

  private static final String BEARER = "bearer";

  /** Tokens that end later, which no column could keep, end then. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final BearerTokens tokens;
  private final InvalidTokenRepository invalidTokens;
  private final PackPort port;
  private final String adminAudience;
  private final Set<String> audiences;

  @Inject
  PackAuthenticator(
      BearerTokens tokens,
      InvalidTokenRepository invalidTokens,
      PackPort port,
      RosterConfig config) {
    this.tokens = tokens;
    this.invalidTokens = invalidTokens;
    this.port = port;
    this.adminAudience = config.pack().admin().audience();
    this.audiences = Set.of(adminAudience, config.pack().tenant().audience());
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
            .filter(taken -> !isInvalidated(taken))
            .orElseThrow(() -> PackErrors.authenticationFailed("The bearer token is not valid."));
    // The administrator's token is good for both interfaces, and the tenant's for one.
    boolean isTenants = !token.audiences().isEmpty() && !token.audiences().contains(adminAudience);
    if (isTenants && !port.isTenants()) {
      throw PackErrors.authorizationFailed();
    }
  }

  private boolean isInvalidated(BearerToken token) {
    Optional<Instant> expiry = token.expiry().map(end -> end.isAfter(LATEST) ? LATEST : end);
    return token.user().isPresent()
        && invalidTokens.refuses(token.user().get(), expiry.orElseThrow());
  }
}
