package dev.roster.server.azurepack;

import dev.roster.server.auth.BearerToken;
import dev.roster.server.azurepack.InputReader.InvalidToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Which tokens are no longer taken, although they are valid. */
@Singleton
class InvalidTokenService {

  /** Tokens that end later, which no column could keep, end then. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final InvalidTokenRepository invalidTokens;
  private final Caller caller;

  @Inject
  InvalidTokenService(InvalidTokenRepository invalidTokens, Caller caller) {
    this.invalidTokens = invalidTokens;
    this.caller = caller;
  }

  /**
   * Refuses the tokens of a user that end by a time, from now on.
   *
   * @throws dev.roster.server.error.ApiException AuthorizationFailed
   */
  void invalidate(InvalidToken token) {
    if (!caller.mayActFor(token.username())) {
      throw PackErrors.ownTokensOnly();
    }
    invalidTokens.add(token.username(), token.expiry());
  }

  /** Whether a token is refused; one that was not looked into is not. */
  boolean refuses(BearerToken token) {
    Optional<Instant> expiry = token.expiry().map(end -> end.isAfter(LATEST) ? LATEST : end);
    return token.user().isPresent()
        && invalidTokens.refuses(token.user().get(), expiry.orElseThrow());
  }
}
