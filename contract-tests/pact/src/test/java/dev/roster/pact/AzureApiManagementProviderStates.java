package dev.roster.pact;

/**
 * The {@link ProviderStates} of Azure API Management.
 *
 * <p>All of them are about the service and the user of the documentation's samples.
 */
public final class AzureApiManagementProviderStates {

  /** Id of the Azure subscription. */
  public static final String SUBSCRIPTION = "subid";

  /** Name of the resource group. */
  public static final String RESOURCE_GROUP = "rg1";

  /** Name of the service. */
  public static final String SERVICE_NAME = "apimService1";

  /** Id of the user. */
  public static final String USER_ID = "5931a75ae4bbd512a88c680b";

  /** Id of a user, an e-mail address. */
  public static final String EMAIL_ID = "alice+test@contoso.example";

  /** Id of a group of one's own. */
  public static final String GROUP_ID = "testers";

  /** Id of a product subscription of the owner. */
  public static final String PRODUCT_SUBSCRIPTION = "5fa9b096f3df14003c070001";

  /**
   * Parameter that a state with the user gives: the entity tag that the answer to its last update
   * had.
   */
  public static final String UPDATE_TAG = "updateTag";

  /** Nothing at all. */
  public static final String NO_SUBSCRIPTION = "no Azure subscription";

  /** The Azure subscription, with another resource group only. */
  public static final String NO_RESOURCE_GROUP = "no resource group of that name";

  /** The resource group, but no service in it. */
  public static final String NO_SERVICE = "a resource group without services";

  /** The service with its owner, its three groups and the owner's two product subscriptions. */
  public static final String SERVICE = "a service with its owner";

  /**
   * The service with the user, who is in Developers; gives the user's {@link
   * ProviderStates#ENTITY_TAG} and {@link #UPDATE_TAG}.
   */
  public static final String USER = "a service with the user";

  /** The service with the user, who has a note. */
  public static final String USER_WITH_NOTE = "a service with the user, who has a note";

  /** The service with the user, who is blocked. */
  public static final String BLOCKED_USER = "a service with the user, who is blocked";

  /** The service with a user whose id is an e-mail address. */
  public static final String USER_WITH_EMAIL_ID = "a service with a user whose id is an address";

  /**
   * The service with the user and a group without members; gives the group's {@link
   * ProviderStates#ENTITY_TAG}.
   */
  public static final String GROUP = "a service with the user and a group without members";

  /** The service with the user in the group. */
  public static final String MEMBER = "a service with the user in a group";

  /** The service, whose owner has one product subscription. */
  public static final String OWNER_WITH_SUBSCRIPTION = "a service with one product subscription";

  private AzureApiManagementProviderStates() {}
}
