package dev.roster.server.batch;

import java.time.OffsetDateTime;

/**
 * What a caller asks for an account.
 *
 * @param password in clear, never kept; null without
 * @param sshPublicKey null without
 * @param expiryTime null if the caller leaves it to the service
 */
record Credentials(String password, String sshPublicKey, OffsetDateTime expiryTime) {

  /** Does not show the password. */
  @Override
  public String toString() {
    return "Credentials[expiryTime=" + expiryTime + "]";
  }
}
