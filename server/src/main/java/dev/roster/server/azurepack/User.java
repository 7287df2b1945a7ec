package dev.roster.server.azurepack;

import java.time.Instant;
import java.util.Optional;

/**
 * A user, with what its synchronisation with the resource providers comes to.
 *
 * @param name as it was first given
 * @param lastError what the providers reported before the present synchronisation
 * @param syncedAt when the last synchronisation ends, or has ended
 * @param syncFailure what that synchronisation ends with; empty if it succeeds
 * @param deletedAt when the deletion ends; empty without one
 */
record User(
    String name,
    String email,
    UserState state,
    Instant createdAt,
    int subscriptionCount,
    Optional<String> lastError,
    Instant syncedAt,
    Optional<String> syncFailure,
    Optional<Instant> deletedAt) {

  /** How the providers stand to the user at a moment. */
  SyncState syncState(Instant now) {
    if (now.isBefore(syncedAt)) {
      return SyncState.SYNCING;
    }
    return syncFailure.isPresent() ? SyncState.OUT_OF_SYNC : SyncState.IN_SYNC;
  }

  /** The last error that the providers have reported by a moment. */
  Optional<String> lastError(Instant now) {
    return syncFailure.isPresent() && !now.isBefore(syncedAt) ? syncFailure : lastError;
  }

  /** Whether nothing can be done with it but deleting it. */
  boolean isBeingDeleted() {
    return deletedAt.isPresent();
  }
}
