package dev.roster.server.nimble;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a session token, which is all that is kept of it. The token has 128 random bits, so it
 * needs neither salt nor a slow hash.
 *
 * @param hex lower case
 */
record TokenHash(String hex) {

  /** The hash of a token as a caller sends it. */
  static TokenHash of(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return new TokenHash(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
