package dev.roster.client.apimanagement;

import dev.roster.client.apimanagement.model.AppType;

/**
 * What else happens when a user is deleted; null leaves it to the service.
 *
 * <p>Immutable: each method returns changed options, as in {@code
 * DeleteUserOptions.none().deleteSubscriptions(true)}.
 *
 * @param deleteSubscriptions whether the user's product subscriptions go, too
 * @param notifyUser whether the user is sent a mail that the account is closed
 * @param appType portal that the mail leads to
 */
public record DeleteUserOptions(Boolean deleteSubscriptions, Boolean notifyUser, AppType appType) {

  private static final DeleteUserOptions NONE = new DeleteUserOptions(null, null, null);

  /**
   * Leaves everything to the service.
   *
   * @return options without any set
   */
  public static DeleteUserOptions none() {
    return NONE;
  }

  /**
   * Sets what becomes of the user's product subscriptions.
   *
   * @param deleteSubscriptions whether they go, too
   * @return changed options
   */
  public DeleteUserOptions deleteSubscriptions(boolean deleteSubscriptions) {
    return new DeleteUserOptions(deleteSubscriptions, notifyUser, appType);
  }

  /**
   * Sets whether the user is told, the query parameter {@code notify}.
   *
   * @param notifyUser whether a mail is sent
   * @return changed options
   */
  public DeleteUserOptions notifyUser(boolean notifyUser) {
    return new DeleteUserOptions(deleteSubscriptions, notifyUser, appType);
  }

  /**
   * Sets the portal that the mail leads to.
   *
   * @param appType the portal
   * @return changed options
   */
  public DeleteUserOptions appType(AppType appType) {
    return new DeleteUserOptions(deleteSubscriptions, notifyUser, appType);
  }
}
