package dev.roster.server.nimble;

import java.time.Instant;
import java.util.Optional;

/**
 * A user of the array. Nothing of the password is kept but a hash, which stays in the database.
 *
 * @param serial what its id ends in
 * @param inactivityTimeout seconds; 0 takes the group's
 * @param lastLogin empty for never
 * @param lastLogout empty for never
 * @param loggedIn whether it has a live session
 */
record User(
    long serial,
    String name,
    String description,
    UserRole role,
    long inactivityTimeout,
    Instant createdAt,
    Instant modifiedAt,
    String fullName,
    String emailAddress,
    boolean disabled,
    Optional<Instant> lastLogin,
    Optional<Instant> lastLogout,
    boolean loggedIn) {

  /** The serial number of the built-in administrator. */
  static final long ADMINISTRATOR = 1;

  /** The id on the wire. */
  String id() {
    return ObjectId.Type.USER.id(serial);
  }

  /** Full name and name, as the array's search shows them. */
  String searchName() {
    return fullName + " (" + name + ")";
  }

  /** Whether it is the administrator that every array comes with. */
  boolean isBuiltIn() {
    return serial == ADMINISTRATOR;
  }
}
