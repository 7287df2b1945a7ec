package dev.roster.server.apimanagement;

import java.util.Locale;
import java.util.Optional;

/** The state of an account. */
enum UserState {
  ACTIVE,
  BLOCKED,
  PENDING,
  DELETED;

  /** The state that a caller means, in any case; empty if there is none. */
  static Optional<UserState> of(String text) {
    for (UserState state : values()) {
      if (state.name().equalsIgnoreCase(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** The state as the API writes it. */
  String wireValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a user may go from this state to another; nobody becomes pending again. */
  boolean canBecome(UserState next) {
    return next != PENDING || this == PENDING;
  }
}
