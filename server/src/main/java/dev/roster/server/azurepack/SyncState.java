package dev.roster.server.azurepack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether the resource providers know a user as it is; its number is its place here. */
enum SyncState {
  IN_SYNC("InSync"),
  SYNCING("Syncing"),
  OUT_OF_SYNC("OutOfSync");

  private final String wireName;

  SyncState(String wireName) {
    this.wireName = wireName;
  }

  /** The state of a number, or of a name in any case. */
  static Optional<SyncState> of(String text) {
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
