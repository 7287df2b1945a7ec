package dev.roster.server.nimble;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a PUT says of a user; what is empty stays.
 *
 * @param authPassword what is to prove that the caller may set a password
 * @param inactivityTimeout seconds; 0 takes the group's
 */
record UserChanges(
    Optional<String> name,
    Optional<String> description,
    Optional<UserRole> role,
    Optional<String> password,
    Optional<String> authPassword,
    Optional<Long> inactivityTimeout,
    Optional<String> fullName,
    Optional<String> emailAddress,
    Optional<Boolean> disabled) {

  /** Whether anything is to change. */
  boolean isEmpty() {
    return Stream.of(
            name, description, role, password, inactivityTimeout, fullName, emailAddress, disabled)
        .allMatch(Optional::isEmpty);
  }
}
