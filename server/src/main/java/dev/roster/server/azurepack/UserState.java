package dev.roster.server.azurepack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** State of a user; its number is its place here. */
enum UserState {
  PENDING_VALIDATION("PendingValidation"),
  ACTIVE("Active"),
  SUSPENDED("Suspended"),
  DELETE_PENDING("DeletePending");

  private final String wireName;

  UserState(String wireName) {
    this.wireName = wireName;
  }

  /** The state of a number, or of a name in any case. */
  static Optional<UserState> of(String text) {
    return Arrays.stream(values())
        .filter(
            state ->
                state.wireName.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))
                    || Integer.toString(state.ordinal()).equals(text))
        .findFirst();
  }

  /** Its name in XML. */
  String wireName() {
    return wireName;
  }
}
