package dev.roster.server.apimanagement;

import java.time.Instant;
import java.util.List;

/**
 * A user of a service. Nothing of the password is kept but a hash, which stays in the database.
 *
 * @param id as it was first given
 * @param note null if there is none
 * @param version null before the user is stored
 */
record User(
    String id,
    String firstName,
    String lastName,
    String email,
    UserState state,
    String note,
    List<Identity> identities,
    Instant registeredAt,
    VersionTag version) {

  /** The id of the owner, whom a service comes with. */
  static final String OWNER = "1";

  /** Copies the identities. */
  User {
    identities = List.copyOf(identities);
  }

  /** The user that a new service comes with. */
  static User owner(String email, Instant now) {
    return new User(
        OWNER,
        "Administrator",
        "",
        email,
        UserState.ACTIVE,
        null,
        List.of(new Identity(Identity.AZURE, email)),
        now,
        null);
  }

  /** Whether the user cannot be deleted. */
  boolean isOwner() {
    return id.equals(OWNER);
  }
}
