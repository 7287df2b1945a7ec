package dev.roster.client.apimanagement;

import dev.roster.client.apimanagement.api.ApiManagementServiceApi;
import dev.roster.client.apimanagement.api.GroupApi;
import dev.roster.client.apimanagement.api.GroupUserApi;
import dev.roster.client.apimanagement.api.UserApi;
import dev.roster.client.apimanagement.api.UserConfirmationPasswordApi;
import dev.roster.client.apimanagement.api.UserGroupApi;
import dev.roster.client.apimanagement.api.UserIdentityApi;
import dev.roster.client.apimanagement.api.UserSubscriptionApi;
import dev.roster.client.apimanagement.invoker.ApiClient;
import dev.roster.client.apimanagement.model.ApiManagementServiceParameters;
import dev.roster.client.apimanagement.model.ApiManagementServiceResource;
import dev.roster.client.apimanagement.model.AppType;
import dev.roster.client.apimanagement.model.GenerateSsoUrlResult;
import dev.roster.client.apimanagement.model.GroupCollection;
import dev.roster.client.apimanagement.model.GroupContract;
import dev.roster.client.apimanagement.model.GroupCreateParameters;
import dev.roster.client.apimanagement.model.GroupUpdateParameters;
import dev.roster.client.apimanagement.model.SubscriptionCollection;
import dev.roster.client.apimanagement.model.SubscriptionContract;
import dev.roster.client.apimanagement.model.UserCollection;
import dev.roster.client.apimanagement.model.UserContract;
import dev.roster.client.apimanagement.model.UserCreateParameters;
import dev.roster.client.apimanagement.model.UserIdentityCollection;
import dev.roster.client.apimanagement.model.UserTokenParameters;
import dev.roster.client.apimanagement.model.UserTokenResult;
import dev.roster.client.apimanagement.model.UserUpdateParameters;
import dev.roster.client.http.Pages;
import dev.roster.client.http.PathSegments;
import dev.roster.client.http.Transport;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Manages the users of one Azure API Management service, with their groups and the service itself.
 *
 * <p>Instances are immutable and safe for use by many threads; make one per service and keep it.
 *
 * <p>Every call makes exactly one request: nothing is retried, so a caller decides what a second
 * attempt may do. Every request carries a fresh {@code x-ms-client-request-id}.
 *
 * <p>Errors of every call: {@link ApiManagementException} when the service refuses, {@link
 * ApiManagementTimeoutException} when a time-out of this client ran out, {@link
 * ApiManagementTransportException} when no usable answer arrived, {@link IllegalArgumentException}
 * when an id is empty, is {@code .} or {@code ..}, or holds half a surrogate pair, as a URL cannot
 * carry those.
 *
 * <p>Codes to expect of every call: {@code ResourceNotFound} (404) with {@link
 * ApiManagementException#failureCause()} {@code gateway} when the service is unknown, {@code
 * AuthenticationFailed} (401). For a HEAD request, which has no body, an unknown service looks like
 * an unknown entity.
 *
 * <p>Source: <a
 * href="https://learn.microsoft.com/en-us/rest/api/apimanagement/?view=rest-apimanagement-2022-08-01">API
 * Management REST API</a>, version 2022-08-01.
 */
public final class ApiManagementClient {

  private final URI endpoint;
  private final String subscription;
  private final String group;
  private final String service;
  private final String version;
  private final Calls calls;
  private final UserApi users;
  private final UserIdentityApi userIdentities;
  private final UserGroupApi userGroups;
  private final UserSubscriptionApi userSubscriptions;
  private final UserConfirmationPasswordApi confirmations;
  private final GroupApi groups;
  private final GroupUserApi groupUsers;
  private final ApiManagementServiceApi services;

  ApiManagementClient(
      URI endpoint,
      String subscriptionId,
      String resourceGroup,
      String serviceName,
      String apiVersion,
      Transport transport) {
    this.endpoint = endpoint;
    this.subscription = subscriptionId;
    this.group = resourceGroup;
    this.service = serviceName;
    this.version = apiVersion;
    this.calls = new Calls(endpoint, transport);
    ApiClient generated = calls.generated();
    this.users = new UserApi(generated);
    this.userIdentities = new UserIdentityApi(generated);
    this.userGroups = new UserGroupApi(generated);
    this.userSubscriptions = new UserSubscriptionApi(generated);
    this.confirmations = new UserConfirmationPasswordApi(generated);
    this.groups = new GroupApi(generated);
    this.groupUsers = new GroupUserApi(generated);
    this.services = new ApiManagementServiceApi(generated);
  }

  /**
   * Starts to describe a client.
   *
   * @return a builder that still needs an endpoint, credentials and a service
   */
  public static ApiManagementClientBuilder builder() {
    return new ApiManagementClientBuilder();
  }

  /**
   * Reads one page of the users of the service.
   *
   * <p>Source: operation User_ListByService.
   *
   * @return the first page
   */
  public ApiManagementResponse<UserCollection> listUsers() {
    return listUsers(ListOptions.none());
  }

  /**
   * Reads one page of the users of the service, filtered as asked.
   *
   * <p>Source: operation User_ListByService.
   *
   * @param options filter, page size, beginning and whether to tell groups
   * @return the first page
   */
  public ApiManagementResponse<UserCollection> listUsers(ListOptions options) {
    Objects.requireNonNull(options, "options");
    return calls.call(
        headers ->
            users.userListByServiceWithHttpInfo(
                subscription,
                group,
                service,
                version,
                options.filter(),
                options.top(),
                options.skip(),
                options.expandGroups(),
                headers));
  }

  /**
   * Reads the page of users that a link leads to.
   *
   * @param nextLink {@code nextLink} of the page before, of a listing of users or of members,
   *     requested as it is
   * @return the next page
   * @throws ApiManagementTransportException also when the link leads to another server, which must
   *     not see this client's token
   */
  public ApiManagementResponse<UserCollection> listUsersNext(String nextLink) {
    return calls.nextPage(nextLink, UserCollection.class);
  }

  /**
   * Reads all users of the service, page by page as they are needed.
   *
   * <p>Each iterator starts anew at the first page; its {@code hasNext} makes the requests and
   * throws their errors. As a stream: {@code StreamSupport.stream(users.spliterator(), false)}.
   *
   * @return the users in the service's order
   */
  public Iterable<UserContract> listAllUsers() {
    return listAllUsers(ListOptions.none());
  }

  /**
   * Reads all users that match, page by page as they are needed.
   *
   * @param options filter, page size, beginning and whether to tell groups
   * @return the users in the service's order
   * @see #listAllUsers()
   */
  public Iterable<UserContract> listAllUsers(ListOptions options) {
    Objects.requireNonNull(options, "options");
    return allUsers(() -> listUsers(options));
  }

  /**
   * Asks whether a user exists.
   *
   * <p>Source: operation User_GetEntityTag.
   *
   * @param userId id of the user
   * @return true with status 200 and the user's version in {@code eTag}, or false with status 404
   */
  public ApiManagementResponse<Boolean> userExists(String userId) {
    PathSegments.check(userId);
    return calls.exists(headOfUser(userId));
  }

  /**
   * Asks for the version of a user.
   *
   * <p>Source: operation User_GetEntityTag.
   *
   * @param userId id of the user
   * @return the version for {@link #updateUser} and {@link #deleteUser(String, ETag)}; empty with
   *     status 404 when there is no such user
   */
  public ApiManagementResponse<Optional<ETag>> getUserEntityTag(String userId) {
    PathSegments.check(userId);
    return calls.entityTag(headOfUser(userId));
  }

  /**
   * Reads a user.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404). Source: operation User_Get.
   *
   * @param userId id of the user
   * @return the user without its groups, and its version; states this client does not know read as
   *     {@code UNKNOWN_DEFAULT_OPEN_API}
   */
  public ApiManagementResponse<UserContract> getUser(String userId) {
    PathSegments.check(userId);
    return calls.call(
        headers ->
            users.userGetWithHttpInfo(subscription, group, service, userId, version, headers));
  }

  /**
   * Creates a user, or writes one anew.
   *
   * @param userId id of the user, up to 80 characters; may be an e-mail address
   * @param parameters the user; unset members are not sent
   * @return the user, status 201 when it is new and 200 when it was there
   * @see #createOrUpdateUser(String, UserCreateParameters, PutCondition)
   */
  public ApiManagementResponse<UserContract> createOrUpdateUser(
      String userId, UserCreateParameters parameters) {
    return createOrUpdateUser(userId, parameters, PutCondition.none());
  }

  /**
   * Creates a user, or writes one anew, if a condition holds.
   *
   * <p>Codes to expect: {@code PreconditionFailed} (412), {@code ValidationError} (400) with the
   * faulty fields in {@link ApiManagementException#details()}, such as an e-mail address that
   * another user has. Source: operation User_CreateOrUpdate.
   *
   * @param userId id of the user, up to 80 characters; may be an e-mail address
   * @param parameters the user; unset members are not sent
   * @param condition what must hold
   * @return the user, status 201 when it is new and 200 when it was there
   */
  public ApiManagementResponse<UserContract> createOrUpdateUser(
      String userId, UserCreateParameters parameters, PutCondition condition) {
    return putUser(userId, parameters, condition, null);
  }

  /**
   * Creates a user, or writes one anew, if a condition holds, and says whether a mail is sent.
   *
   * @param userId id of the user, up to 80 characters; may be an e-mail address
   * @param parameters the user; unset members are not sent
   * @param condition what must hold
   * @param notifyUser whether the user is sent a mail about the account, the query parameter {@code
   *     notify}
   * @return the user, status 201 when it is new and 200 when it was there
   * @see #createOrUpdateUser(String, UserCreateParameters, PutCondition)
   */
  public ApiManagementResponse<UserContract> createOrUpdateUser(
      String userId, UserCreateParameters parameters, PutCondition condition, boolean notifyUser) {
    return putUser(userId, parameters, condition, notifyUser);
  }

  /**
   * Changes those details of a user that are set.
   *
   * <p>A member that was never set is not sent and keeps its value; one that was set to null, as in
   * {@code new UserUpdateParametersProperties().note(null)}, is sent as null, which removes the
   * note.
   *
   * <p>Codes to expect: {@code PreconditionFailed} (412) when the user has changed since, {@code
   * ResourceNotFound} (404), {@code ValidationError} (400). Source: operation User_Update.
   *
   * @param userId id of the user
   * @param ifMatch version that the user must have, or {@link ETag#ANY}
   * @param parameters the changes
   * @return the whole user with an empty list of groups, and its new version
   */
  public ApiManagementResponse<UserContract> updateUser(
      String userId, ETag ifMatch, UserUpdateParameters parameters) {
    PathSegments.check(userId);
    Objects.requireNonNull(ifMatch, "ifMatch");
    Objects.requireNonNull(parameters, "parameters");
    String password =
        parameters.getProperties() == null ? null : parameters.getProperties().getPassword();
    return calls.call(
        password,
        headers ->
            users.userUpdateWithHttpInfo(
                subscription,
                group,
                service,
                userId,
                version,
                ifMatch.value(),
                parameters,
                headers));
  }

  /**
   * Deletes a user.
   *
   * @param userId id of the user
   * @param ifMatch version that the user must have, or {@link ETag#ANY}
   * @return status 200, or 204 when there was no such user
   * @see #deleteUser(String, ETag, DeleteUserOptions)
   */
  public ApiManagementResponse<Void> deleteUser(String userId, ETag ifMatch) {
    return deleteUser(userId, ifMatch, DeleteUserOptions.none());
  }

  /**
   * Deletes a user, and says what else shall happen.
   *
   * <p>Codes to expect: {@code PreconditionFailed} (412), {@code MethodNotAllowed} (405) for the
   * owner of the service. Source: operation User_Delete.
   *
   * @param userId id of the user
   * @param ifMatch version that the user must have, or {@link ETag#ANY}
   * @param options what else shall happen
   * @return status 200, or 204 when there was no such user
   */
  public ApiManagementResponse<Void> deleteUser(
      String userId, ETag ifMatch, DeleteUserOptions options) {
    PathSegments.check(userId);
    Objects.requireNonNull(ifMatch, "ifMatch");
    Objects.requireNonNull(options, "options");
    return calls.call(
        headers ->
            users.userDeleteWithHttpInfo(
                subscription,
                group,
                service,
                userId,
                version,
                ifMatch.value(),
                options.deleteSubscriptions(),
                options.notifyUser(),
                text(options.appType()),
                headers));
  }

  /**
   * Makes a URL that signs a user in to the developer portal without a password.
   *
   * <p>Source: operation User_GenerateSsoUrl.
   *
   * @param userId id of the user
   * @return the URL, which is good for five minutes and as secret as a password
   */
  public ApiManagementResponse<GenerateSsoUrlResult> generateSsoUrl(String userId) {
    PathSegments.check(userId);
    return calls.call(
        headers ->
            users.userGenerateSsoUrlWithHttpInfo(
                subscription, group, service, userId, version, headers));
  }

  /**
   * Makes a token that stands for a user.
   *
   * <p>Codes to expect: {@code ValidationError} (400) for an expiry more than 30 days ahead.
   * Source: operation User_GetSharedAccessToken.
   *
   * @param userId id of the user
   * @param parameters which key signs it and when it ends
   * @return the token, which is as secret as a password
   */
  public ApiManagementResponse<UserTokenResult> getSharedAccessToken(
      String userId, UserTokenParameters parameters) {
    PathSegments.check(userId);
    Objects.requireNonNull(parameters, "parameters");
    return calls.call(
        headers ->
            users.userGetSharedAccessTokenWithHttpInfo(
                subscription, group, service, userId, version, parameters, headers));
  }

  /**
   * Reads what a user signs in with.
   *
   * <p>Source: operation UserIdentities_List.
   *
   * @param userId id of the user
   * @return all identities, on one page
   */
  public ApiManagementResponse<UserIdentityCollection> listUserIdentities(String userId) {
    PathSegments.check(userId);
    return calls.call(
        headers ->
            userIdentities.userIdentitiesListWithHttpInfo(
                subscription, group, service, userId, version, headers));
  }

  /**
   * Reads one page of the groups of a user.
   *
   * @param userId id of the user
   * @return the first page
   * @see #listUserGroups(String, ListOptions)
   */
  public ApiManagementResponse<GroupCollection> listUserGroups(String userId) {
    return listUserGroups(userId, ListOptions.none());
  }

  /**
   * Reads one page of the groups of a user, filtered as asked.
   *
   * <p>Source: operation UserGroup_List.
   *
   * @param userId id of the user
   * @param options filter, page size and beginning
   * @return the first page
   */
  public ApiManagementResponse<GroupCollection> listUserGroups(String userId, ListOptions options) {
    PathSegments.check(userId);
    ListOptions plain = options.withoutGroups();
    return calls.call(
        headers ->
            userGroups.userGroupListWithHttpInfo(
                subscription,
                group,
                service,
                userId,
                version,
                plain.filter(),
                plain.top(),
                plain.skip(),
                headers));
  }

  /**
   * Reads all groups of a user, page by page as they are needed.
   *
   * @param userId id of the user
   * @return the groups in the service's order
   * @see #listAllUsers()
   */
  public Iterable<GroupContract> listAllUserGroups(String userId) {
    return listAllUserGroups(userId, ListOptions.none());
  }

  /**
   * Reads all groups of a user that match, page by page as they are needed.
   *
   * @param userId id of the user
   * @param options filter, page size and beginning
   * @return the groups in the service's order
   * @see #listAllUsers()
   */
  public Iterable<GroupContract> listAllUserGroups(String userId, ListOptions options) {
    PathSegments.check(userId);
    ListOptions plain = options.withoutGroups();
    return allGroups(() -> listUserGroups(userId, plain));
  }

  /**
   * Reads one page of the product subscriptions of a user.
   *
   * @param userId id of the user
   * @return the first page
   * @see #listUserSubscriptions(String, ListOptions)
   */
  public ApiManagementResponse<SubscriptionCollection> listUserSubscriptions(String userId) {
    return listUserSubscriptions(userId, ListOptions.none());
  }

  /**
   * Reads one page of the product subscriptions of a user, filtered as asked.
   *
   * <p>Source: operation UserSubscription_List.
   *
   * @param userId id of the user
   * @param options filter, page size and beginning
   * @return the first page
   */
  public ApiManagementResponse<SubscriptionCollection> listUserSubscriptions(
      String userId, ListOptions options) {
    PathSegments.check(userId);
    ListOptions plain = options.withoutGroups();
    return calls.call(
        headers ->
            userSubscriptions.userSubscriptionListWithHttpInfo(
                subscription,
                group,
                service,
                userId,
                version,
                plain.filter(),
                plain.top(),
                plain.skip(),
                headers));
  }

  /**
   * Reads the page of product subscriptions that a link leads to.
   *
   * @param nextLink {@code nextLink} of the page before, requested as it is
   * @return the next page
   * @throws ApiManagementTransportException also when the link leads to another server, which must
   *     not see this client's token
   */
  public ApiManagementResponse<SubscriptionCollection> listUserSubscriptionsNext(String nextLink) {
    return calls.nextPage(nextLink, SubscriptionCollection.class);
  }

  /**
   * Reads all product subscriptions of a user, page by page as they are needed.
   *
   * @param userId id of the user
   * @return the subscriptions in the service's order
   * @see #listAllUsers()
   */
  public Iterable<SubscriptionContract> listAllUserSubscriptions(String userId) {
    return listAllUserSubscriptions(userId, ListOptions.none());
  }

  /**
   * Reads all product subscriptions of a user that match, page by page as they are needed.
   *
   * @param userId id of the user
   * @param options filter, page size and beginning
   * @return the subscriptions in the service's order
   * @see #listAllUsers()
   */
  public Iterable<SubscriptionContract> listAllUserSubscriptions(
      String userId, ListOptions options) {
    PathSegments.check(userId);
    ListOptions plain = options.withoutGroups();
    return new Pages<>(
        () -> listUserSubscriptions(userId, plain).value(),
        link -> listUserSubscriptionsNext(link).value(),
        SubscriptionCollection::getValue,
        SubscriptionCollection::getNextLink);
  }

  /**
   * Reads a product subscription of a user.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404), also when somebody else owns it. Source:
   * operation UserSubscription_Get.
   *
   * @param userId id of the user
   * @param subscriptionId id of the product subscription, {@code sid} in the contract
   * @return the subscription without its keys, and its version
   */
  public ApiManagementResponse<SubscriptionContract> getUserSubscription(
      String userId, String subscriptionId) {
    PathSegments.check(userId, subscriptionId);
    return calls.call(
        headers ->
            userSubscriptions.userSubscriptionGetWithHttpInfo(
                subscription, group, service, userId, subscriptionId, version, headers));
  }

  /**
   * Has the service mail a user a link to confirm the password.
   *
   * @param userId id of the user
   * @return status 204
   * @see #sendPasswordConfirmation(String, AppType)
   */
  public ApiManagementResponse<Void> sendPasswordConfirmation(String userId) {
    return sendPasswordConfirmation(userId, null);
  }

  /**
   * Has the service mail a user a link, to a given portal, to confirm the password.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404). Source: operation
   * UserConfirmationPassword_Send.
   *
   * @param userId id of the user
   * @param appType portal that the link leads to; null leaves it to the service
   * @return status 204
   */
  public ApiManagementResponse<Void> sendPasswordConfirmation(String userId, AppType appType) {
    PathSegments.check(userId);
    return calls.call(
        headers ->
            confirmations.userConfirmationPasswordSendWithHttpInfo(
                subscription, group, service, userId, version, text(appType), headers));
  }

  /**
   * Reads one page of the groups of the service.
   *
   * @return the first page
   * @see #listGroups(ListOptions)
   */
  public ApiManagementResponse<GroupCollection> listGroups() {
    return listGroups(ListOptions.none());
  }

  /**
   * Reads one page of the groups of the service, filtered as asked.
   *
   * <p>Source: operation Group_ListByService.
   *
   * @param options filter, page size and beginning
   * @return the first page
   */
  public ApiManagementResponse<GroupCollection> listGroups(ListOptions options) {
    ListOptions plain = options.withoutGroups();
    return calls.call(
        headers ->
            groups.groupListByServiceWithHttpInfo(
                subscription,
                group,
                service,
                version,
                plain.filter(),
                plain.top(),
                plain.skip(),
                headers));
  }

  /**
   * Reads the page of groups that a link leads to.
   *
   * @param nextLink {@code nextLink} of the page before, of a listing of groups or of a user's
   *     groups, requested as it is
   * @return the next page
   * @throws ApiManagementTransportException also when the link leads to another server, which must
   *     not see this client's token
   */
  public ApiManagementResponse<GroupCollection> listGroupsNext(String nextLink) {
    return calls.nextPage(nextLink, GroupCollection.class);
  }

  /**
   * Reads all groups of the service, page by page as they are needed.
   *
   * @return the groups in the service's order
   * @see #listAllUsers()
   */
  public Iterable<GroupContract> listAllGroups() {
    return listAllGroups(ListOptions.none());
  }

  /**
   * Reads all groups of the service that match, page by page as they are needed.
   *
   * @param options filter, page size and beginning
   * @return the groups in the service's order
   * @see #listAllUsers()
   */
  public Iterable<GroupContract> listAllGroups(ListOptions options) {
    ListOptions plain = options.withoutGroups();
    return allGroups(() -> listGroups(plain));
  }

  /**
   * Asks whether a group exists.
   *
   * <p>Source: operation Group_GetEntityTag.
   *
   * @param groupId id of the group
   * @return true with status 200 and the group's version in {@code eTag}, or false with status 404
   */
  public ApiManagementResponse<Boolean> groupExists(String groupId) {
    PathSegments.check(groupId);
    return calls.exists(headOfGroup(groupId));
  }

  /**
   * Asks for the version of a group.
   *
   * <p>Source: operation Group_GetEntityTag.
   *
   * @param groupId id of the group
   * @return the version for {@link #updateGroup} and {@link #deleteGroup}; empty with status 404
   *     when there is no such group
   */
  public ApiManagementResponse<Optional<ETag>> getGroupEntityTag(String groupId) {
    PathSegments.check(groupId);
    return calls.entityTag(headOfGroup(groupId));
  }

  /**
   * Reads a group.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404). Source: operation Group_Get.
   *
   * @param groupId id of the group
   * @return the group and its version
   */
  public ApiManagementResponse<GroupContract> getGroup(String groupId) {
    PathSegments.check(groupId);
    return calls.call(
        headers ->
            groups.groupGetWithHttpInfo(subscription, group, service, groupId, version, headers));
  }

  /**
   * Creates a group, or writes one anew.
   *
   * @param groupId id of the group, up to 256 characters
   * @param parameters the group; unset members are not sent
   * @return the group, status 201 when it is new and 200 when it was there
   * @see #createOrUpdateGroup(String, GroupCreateParameters, PutCondition)
   */
  public ApiManagementResponse<GroupContract> createOrUpdateGroup(
      String groupId, GroupCreateParameters parameters) {
    return createOrUpdateGroup(groupId, parameters, PutCondition.none());
  }

  /**
   * Creates a group, or writes one anew, if a condition holds.
   *
   * <p>Codes to expect: {@code PreconditionFailed} (412), {@code ValidationError} (400), {@code
   * MethodNotAllowed} (405) for the groups of the system. Source: operation Group_CreateOrUpdate.
   *
   * @param groupId id of the group, up to 256 characters
   * @param parameters the group; unset members are not sent
   * @param condition what must hold
   * @return the group, status 201 when it is new and 200 when it was there
   */
  public ApiManagementResponse<GroupContract> createOrUpdateGroup(
      String groupId, GroupCreateParameters parameters, PutCondition condition) {
    PathSegments.check(groupId);
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(condition, "condition");
    return calls.call(
        headers ->
            groups.groupCreateOrUpdateWithHttpInfo(
                subscription,
                group,
                service,
                groupId,
                version,
                parameters,
                condition.ifMatchHeader(),
                condition.ifNoneMatchHeader(),
                headers));
  }

  /**
   * Changes those details of a group that are set.
   *
   * <p>Unset members are not sent; those set to null are, as for {@link #updateUser}. Codes to
   * expect: {@code PreconditionFailed} (412), {@code ResourceNotFound} (404), {@code
   * MethodNotAllowed} (405) for the groups of the system. Source: operation Group_Update.
   *
   * @param groupId id of the group
   * @param ifMatch version that the group must have, or {@link ETag#ANY}
   * @param parameters the changes
   * @return the whole group and its new version
   */
  public ApiManagementResponse<GroupContract> updateGroup(
      String groupId, ETag ifMatch, GroupUpdateParameters parameters) {
    PathSegments.check(groupId);
    Objects.requireNonNull(ifMatch, "ifMatch");
    Objects.requireNonNull(parameters, "parameters");
    return calls.call(
        headers ->
            groups.groupUpdateWithHttpInfo(
                subscription,
                group,
                service,
                groupId,
                version,
                ifMatch.value(),
                parameters,
                headers));
  }

  /**
   * Deletes a group; its members stay users.
   *
   * <p>Codes to expect: {@code PreconditionFailed} (412), {@code MethodNotAllowed} (405) for the
   * groups of the system. Source: operation Group_Delete.
   *
   * @param groupId id of the group
   * @param ifMatch version that the group must have, or {@link ETag#ANY}
   * @return status 200, or 204 when there was no such group
   */
  public ApiManagementResponse<Void> deleteGroup(String groupId, ETag ifMatch) {
    PathSegments.check(groupId);
    Objects.requireNonNull(ifMatch, "ifMatch");
    return calls.call(
        headers ->
            groups.groupDeleteWithHttpInfo(
                subscription, group, service, groupId, version, ifMatch.value(), headers));
  }

  /**
   * Reads one page of the members of a group.
   *
   * @param groupId id of the group
   * @return the first page
   * @see #listGroupUsers(String, ListOptions)
   */
  public ApiManagementResponse<UserCollection> listGroupUsers(String groupId) {
    return listGroupUsers(groupId, ListOptions.none());
  }

  /**
   * Reads one page of the members of a group, filtered as asked.
   *
   * <p>The next page is read by {@link #listUsersNext}. Source: operation GroupUser_List.
   *
   * @param groupId id of the group
   * @param options filter, page size and beginning
   * @return the first page
   */
  public ApiManagementResponse<UserCollection> listGroupUsers(String groupId, ListOptions options) {
    PathSegments.check(groupId);
    ListOptions plain = options.withoutGroups();
    return calls.call(
        headers ->
            groupUsers.groupUserListWithHttpInfo(
                subscription,
                group,
                service,
                groupId,
                version,
                plain.filter(),
                plain.top(),
                plain.skip(),
                headers));
  }

  /**
   * Reads all members of a group, page by page as they are needed.
   *
   * @param groupId id of the group
   * @return the users in the service's order
   * @see #listAllUsers()
   */
  public Iterable<UserContract> listAllGroupUsers(String groupId) {
    return listAllGroupUsers(groupId, ListOptions.none());
  }

  /**
   * Reads all members of a group that match, page by page as they are needed.
   *
   * @param groupId id of the group
   * @param options filter, page size and beginning
   * @return the users in the service's order
   * @see #listAllUsers()
   */
  public Iterable<UserContract> listAllGroupUsers(String groupId, ListOptions options) {
    PathSegments.check(groupId);
    ListOptions plain = options.withoutGroups();
    return allUsers(() -> listGroupUsers(groupId, plain));
  }

  /**
   * Asks whether a user is in a group.
   *
   * <p>Source: operation GroupUser_CheckEntityExists.
   *
   * @param groupId id of the group
   * @param userId id of the user
   * @return true with status 204, or false with status 404
   */
  public ApiManagementResponse<Boolean> groupUserExists(String groupId, String userId) {
    PathSegments.check(groupId, userId);
    return calls.exists(
        headers ->
            groupUsers.groupUserCheckEntityExistsWithHttpInfo(
                subscription, group, service, groupId, userId, version, headers));
  }

  /**
   * Adds a user to a group.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404) for an unknown user or group, {@code
   * MethodNotAllowed} (405) for the groups of the system. Source: operation GroupUser_Create.
   *
   * @param groupId id of the group
   * @param userId id of the user
   * @return the user as the group sees it, status 201, or 200 when it was in the group already
   */
  public ApiManagementResponse<UserContract> addGroupUser(String groupId, String userId) {
    PathSegments.check(groupId, userId);
    return calls.call(
        headers ->
            groupUsers.groupUserCreateWithHttpInfo(
                subscription, group, service, groupId, userId, version, headers));
  }

  /**
   * Takes a user out of a group.
   *
   * <p>Codes to expect: {@code MethodNotAllowed} (405) for the groups of the system. Source:
   * operation GroupUser_Delete.
   *
   * @param groupId id of the group
   * @param userId id of the user
   * @return status 200, or 204 when it was not in the group
   */
  public ApiManagementResponse<Void> removeGroupUser(String groupId, String userId) {
    PathSegments.check(groupId, userId);
    return calls.call(
        headers ->
            groupUsers.groupUserDeleteWithHttpInfo(
                subscription, group, service, groupId, userId, version, headers));
  }

  /**
   * Creates the service that this client stands for, or changes it.
   *
   * <p>Codes to expect: {@code ValidationError} (400). Source: operation
   * ApiManagementService_CreateOrUpdate.
   *
   * @param parameters region, tier and publisher
   * @return the service, status 201 when it is new and 200 when it was there; the real service may
   *     take half an hour, until then {@link #getService()} tells a {@code provisioningState} other
   *     than {@code Succeeded}
   */
  public ApiManagementResponse<ApiManagementServiceResource> createOrUpdateService(
      ApiManagementServiceParameters parameters) {
    Objects.requireNonNull(parameters, "parameters");
    return calls.call(
        headers ->
            services.apiManagementServiceCreateOrUpdateWithHttpInfo(
                subscription, group, service, version, parameters, headers));
  }

  /**
   * Reads the service that this client stands for.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404). Source: operation ApiManagementService_Get.
   *
   * @return the service and its version
   */
  public ApiManagementResponse<ApiManagementServiceResource> getService() {
    return calls.call(
        headers ->
            services.apiManagementServiceGetWithHttpInfo(
                subscription, group, service, version, headers));
  }

  /**
   * Deletes the service that this client stands for, with everything in it.
   *
   * <p>Source: operation ApiManagementService_Delete.
   *
   * @return status 200, or 204 when there was no such service; the real service may answer 202 and
   *     finish later
   */
  public ApiManagementResponse<Void> deleteService() {
    return calls.call(
        headers ->
            services.apiManagementServiceDeleteWithHttpInfo(
                subscription, group, service, version, headers));
  }

  /** Tells the endpoint, the service and the version, never the token. */
  @Override
  public String toString() {
    return "ApiManagementClient["
        + endpoint
        + ", "
        + String.join("/", subscription, group, service)
        + ", "
        + version
        + "]";
  }

  private ApiManagementResponse<UserContract> putUser(
      String userId, UserCreateParameters parameters, PutCondition condition, Boolean notifyUser) {
    PathSegments.check(userId);
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(condition, "condition");
    String password =
        parameters.getProperties() == null ? null : parameters.getProperties().getPassword();
    return calls.call(
        password,
        headers ->
            users.userCreateOrUpdateWithHttpInfo(
                subscription,
                group,
                service,
                userId,
                version,
                parameters,
                notifyUser,
                condition.ifMatchHeader(),
                condition.ifNoneMatchHeader(),
                headers));
  }

  private Iterable<UserContract> allUsers(Supplier<ApiManagementResponse<UserCollection>> first) {
    return new Pages<>(
        () -> first.get().value(),
        link -> listUsersNext(link).value(),
        UserCollection::getValue,
        UserCollection::getNextLink);
  }

  private Iterable<GroupContract> allGroups(
      Supplier<ApiManagementResponse<GroupCollection>> first) {
    return new Pages<>(
        () -> first.get().value(),
        link -> listGroupsNext(link).value(),
        GroupCollection::getValue,
        GroupCollection::getNextLink);
  }

  private Calls.Call<Void> headOfUser(String userId) {
    return headers ->
        users.userGetEntityTagWithHttpInfo(subscription, group, service, userId, version, headers);
  }

  private Calls.Call<Void> headOfGroup(String groupId) {
    return headers ->
        groups.groupGetEntityTagWithHttpInfo(
            subscription, group, service, groupId, version, headers);
  }

  private static String text(AppType appType) {
    return appType == null ? null : appType.getValue();
  }
}
