package dev.roster.server.azurepack;

import java.util.Optional;

/** State of a user; its number is its place here. */
enum UserState implements WireNamed {
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
    return WireNamed.of(UserState.class, text);
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
