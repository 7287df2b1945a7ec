package dev.roster.server.azurepack;

import java.util.Optional;

/** Whether the resource providers know a user as it is; its number is its place here. */
enum SyncState implements WireNamed {
  IN_SYNC("InSync"),
  SYNCING("Syncing"),
  OUT_OF_SYNC("OutOfSync");

  private final String wireName;

  SyncState(String wireName) {
    this.wireName = wireName;
  }

  /** The state of a number, or of a name in any case. */
  static Optional<SyncState> of(String text) {
    return WireNamed.of(SyncState.class, text);
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
