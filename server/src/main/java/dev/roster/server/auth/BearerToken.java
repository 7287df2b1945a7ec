package dev.roster.server.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a bearer token that was taken says.
 *
 * @param user whom it was issued to; empty if it was not looked into
 * @param expiry when it ends; empty if it was not looked into
 * @param audiences whom it was issued for; empty if it was not looked into
 */
public record BearerToken(Optional<String> user, Optional<Instant> expiry, Set<String> audiences) {

  /** A token of the lenient mode, in which any text is one. */
  static final BearerToken NOT_LOOKED_INTO =
      new BearerToken(Optional.empty(), Optional.empty(), Set.of());

  /** Copies the audiences. */
  public BearerToken {
    audiences = Set.copyOf(audiences);
  }
}
