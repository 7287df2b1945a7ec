package dev.roster.pact;

/**
 * The {@link ProviderStates} of Windows Azure Pack.
 *
 * <p>The user is that of the documentation's sample.
 */
public final class AzurePackProviderStates {

  /** Name of the user, and its address. */
  public static final String USER_NAME = "aaa@bbb.com";

  /** Name of another user, which is no address. */
  public static final String FULL_NAME = "Patti Fuller";

  /** Address of that other user. */
  public static final String FULL_NAME_EMAIL = "patti@contoso.example";

  /** Name of a third user. */
  public static final String THIRD_NAME = "zoe@contoso.example";

  /** What the resource providers reported of the user. */
  public static final String LAST_ERROR =
      "One or more errors occurred while contacting the underlying resource providers. The operation"
          + " may be partially completed. Details: The request to the underlying service has timed"
          + " out.";

  /** Nobody. */
  public static final String NO_USER = "no users";

  /** The user, who has a subscription and an error. */
  public static final String USER = "the user, who has a subscription";

  /** The user, who has neither a subscription nor an error. */
  public static final String USER_WITHOUT_SUBSCRIPTIONS = "the user, who has no subscription";

  /** The user, whom the resource providers are being told of. */
  public static final String SYNCING_USER = "the user, while providers are told of it";

  /** The user, whose deletion the resource providers have let fail. */
  public static final String DELETION_FAILED = "the user, whose deletion has failed";

  /**
   * The user, the one with a full name and the third one, created in this order with a day between
   * them; the last is suspended.
   */
  public static final String THREE_USERS = "three users, the last of whom is suspended";

  private AzurePackProviderStates() {}
}
