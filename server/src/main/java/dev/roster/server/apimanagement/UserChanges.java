package dev.roster.server.apimanagement;

import java.util.List;
import java.util.Optional;
import org.openapitools.jackson.nullable.JsonNullable;

/** What a PATCH says of a user; each member is absent, null or a value. */
record UserChanges(
    JsonNullable<String> email,
    JsonNullable<String> firstName,
    JsonNullable<String> lastName,
    JsonNullable<String> password,
    JsonNullable<String> state,
    JsonNullable<String> note,
    JsonNullable<List<GivenIdentity>> identities) {

  /** An identity as a caller gives it, every part of which may be null. */
  record GivenIdentity(String provider, String id) {}

  /** The value of a member; empty if it is absent or null. */
  static <T> Optional<T> value(JsonNullable<T> member) {
    return Optional.ofNullable(member.orElse(null));
  }
}
