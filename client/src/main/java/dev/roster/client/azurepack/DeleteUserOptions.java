package dev.roster.client.azurepack;

/**
 * What becomes of the subscriptions of a user that is deleted. Both flags are always sent.
 *
 * <p>Immutable: each method returns changed options, as in {@code
 * DeleteUserOptions.none().deleteSubscriptions(true)}.
 *
 * @param deleteSubscriptions whether the subscriptions go, with all that they consist of
 * @param force whether the subscriptions go, while what they consist of stays at its provider
 */
public record DeleteUserOptions(boolean deleteSubscriptions, boolean force) {

  private static final DeleteUserOptions NONE = new DeleteUserOptions(false, false);

  /**
   * Deletes only a user without subscriptions.
   *
   * @return options with both flags false
   */
  public static DeleteUserOptions none() {
    return NONE;
  }

  /**
   * Sets whether the subscriptions go, with all that they consist of.
   *
   * @param deleteSubscriptions whether they go
   * @return changed options
   */
  public DeleteUserOptions deleteSubscriptions(boolean deleteSubscriptions) {
    return new DeleteUserOptions(deleteSubscriptions, force);
  }

  /**
   * Sets whether the subscriptions go, while what they consist of stays at its provider; this also
   * removes a user whose deletion failed before.
   *
   * @param force whether to insist
   * @return changed options
   */
  public DeleteUserOptions force(boolean force) {
    return new DeleteUserOptions(deleteSubscriptions, force);
  }
}
