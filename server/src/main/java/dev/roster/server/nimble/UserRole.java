package dev.roster.server.nimble;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user may do. The order is that of the serial numbers of their ids. */
enum UserRole {
  /** Everything. */
  ADMINISTRATOR,
  /** Everything but managing users. */
  POWERUSER,
  /** As a power user, without deleting. */
  OPERATOR,
  /** Looking only. */
  GUEST;

  /** The role of that name, which is in lower case. */
  static Optional<UserRole> of(String wireValue) {
    return Arrays.stream(values()).filter(role -> role.wireValue().equals(wireValue)).findFirst();
  }

  /** The name in requests and answers. */
  String wireValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The id of the role. */
  String id() {
    return ObjectId.Type.ROLE.id(ordinal() + 1L);
  }
}
