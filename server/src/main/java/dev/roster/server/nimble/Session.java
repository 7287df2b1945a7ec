package dev.roster.server.nimble;

import java.time.Instant;

/**
 * A live session with what its user may do at the moment.
 *
 * @param serial what its id ends in
 * @param tokenHash of the token that the caller sends
 * @param timeout seconds without a request after which it is dead
 */
record Session(
    long serial,
    TokenHash tokenHash,
    String appName,
    String sourceIp,
    Instant createdAt,
    Instant usedAt,
    long userSerial,
    String userName,
    UserRole role,
    long timeout) {

  /** The id on the wire. */
  String id() {
    return ObjectId.Type.TOKEN.id(serial);
  }

  /** The id of its user on the wire. */
  String userId() {
    return ObjectId.Type.USER.id(userSerial);
  }

  /** Whether its user is an administrator. */
  boolean isAdministrator() {
    return role == UserRole.ADMINISTRATOR;
  }
}
