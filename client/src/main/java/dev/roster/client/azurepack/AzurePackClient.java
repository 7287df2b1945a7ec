package dev.roster.client.azurepack;

import dev.roster.client.azurepack.api.InvalidUserTokensApi;
import dev.roster.client.azurepack.api.UsersApi;
import dev.roster.client.azurepack.model.User;
import dev.roster.client.azurepack.model.UserInput;
import dev.roster.client.azurepack.model.UserQueryResult;
import dev.roster.client.azurepack.model.UserToken;
import dev.roster.client.http.Pages;
import dev.roster.client.http.PathSegments;
import dev.roster.client.http.Transport;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Manages the users of one installation of Windows Azure Pack, through its administrator or its
 * tenant interface.
 *
 * <p>Instances are immutable and safe for use by many threads; make one per interface and keep it.
 *
 * <p>Every call makes exactly one request: nothing is retried, so a caller decides what a second
 * attempt may do. Every request carries a fresh {@code x-ms-client-request-id}, and asks for JSON.
 *
 * <p>Errors of every call: {@link AzurePackException} when the service refuses, {@link
 * AzurePackTimeoutException} when a time-out of this client ran out, {@link
 * AzurePackTransportException} when no usable answer arrived, {@link IllegalArgumentException} when
 * the name of a user is empty, is {@code .} or {@code ..}, or holds half a surrogate pair, as a URL
 * cannot carry those.
 *
 * <p>Codes to expect of every call: {@code AuthenticationFailed} (401) for the token, {@code
 * AuthorizationFailed} (403) for one of a tenant at the administrator interface, {@code
 * InternalError} (500), {@code ServerBusy} (503). The codes are Roster's, as Microsoft documents
 * the statuses only.
 *
 * <p>Users are known by their name, in any case; it need not be an e-mail address. Times are UTC.
 * States that this client does not know read as {@code UNKNOWN_DEFAULT_OPEN_API}.
 *
 * <p>Source: <a
 * href="https://learn.microsoft.com/en-us/previous-versions/azure/windows-azure-pack/dn448694(v=msdn.10)">Windows
 * Azure Pack Service Management REST API</a>.
 */
public final class AzurePackClient {

  private static final int PAGE_SIZE = 100;

  private final URI endpoint;
  private final Calls calls;
  private final UsersApi users;
  private final InvalidUserTokensApi invalidTokens;

  AzurePackClient(URI endpoint, Transport transport) {
    this.endpoint = endpoint;
    this.calls = new Calls(endpoint, transport);
    this.users = new UsersApi(calls.generated());
    this.invalidTokens = new InvalidUserTokensApi(calls.generated());
  }

  /**
   * Starts to describe a client.
   *
   * @return a builder that still needs an endpoint and credentials
   */
  public static AzurePackClientBuilder builder() {
    return new AzurePackClientBuilder();
  }

  /**
   * Creates a user.
   *
   * <p>A user here is no log-in: the authentication site has accounts of its own.
   *
   * <p>Codes to expect: {@code ResourceAlreadyExists} (409) when the name is taken, {@code
   * InvalidInput} (400) with the faulty members in {@link AzurePackException#details()}. Source:
   * operation Users_Create.
   *
   * @param user the user, of which a name and an e-mail address are needed; unset members are not
   *     sent. A name has up to 256 characters. A state that is not set becomes {@code
   *     PENDING_VALIDATION}; the service passes over the time, the count, the synchronisation and
   *     the error
   * @return the whole new user, status 201
   */
  public AzurePackResponse<User> createUser(UserInput user) {
    Objects.requireNonNull(user, "user");
    return calls.value(
        headers -> users.usersCreateWithHttpInfo(user, null, null, null, null, headers));
  }

  /**
   * Reads a user.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404). Source: operation Users_Retrieve.
   *
   * @param userName name of the user
   * @return the user; its {@code createdTime} has milliseconds, and its {@code lastErrorMessage},
   *     which is null if there is none, may be older than its synchronisation
   */
  public AzurePackResponse<User> getUser(String userName) {
    return calls.value(read(userName));
  }

  /**
   * Reads a user that there may not be.
   *
   * <p>Source: operation Users_Retrieve.
   *
   * @param userName name of the user
   * @return the user, or empty with status 404
   */
  public AzurePackResponse<Optional<User>> findUser(String userName) {
    return calls.find(read(userName));
  }

  /**
   * Replaces the e-mail address and the state of a user.
   *
   * <p>It is no patch: a state that is not set becomes {@code PENDING_VALIDATION}. Read the user
   * and send what shall stay.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404), as an update creates nobody, {@code
   * InvalidInput} (400) with the faulty members in {@link AzurePackException#details()}, such as
   * another name, {@code Conflict} (409) when the user is being deleted. Source: operation
   * Users_Update.
   *
   * @param userName name of the user
   * @param user the e-mail address, which is needed, and the state; unset members are not sent. The
   *     name may be left out, as there is no renaming; the service passes over the time, the count,
   *     the synchronisation and the error
   * @return the whole user as it is now
   */
  public AzurePackResponse<User> updateUser(String userName, UserInput user) {
    PathSegments.check(userName);
    Objects.requireNonNull(user, "user");
    return calls.value(
        headers -> users.usersUpdateWithHttpInfo(userName, user, null, null, null, null, headers));
  }

  /**
   * Deletes a user without subscriptions.
   *
   * @param userName name of the user
   * @return status 202
   * @see #deleteUser(String, DeleteUserOptions)
   */
  public AzurePackResponse<Void> deleteUser(String userName) {
    return deleteUser(userName, DeleteUserOptions.none());
  }

  /**
   * Deletes a user, and says what becomes of its subscriptions.
   *
   * <p>The service may finish later: until then the user is {@code DELETE_PENDING}, which it
   * remains when the deletion fails, with the reason in {@code lastErrorMessage}.
   *
   * <p>Codes to expect: {@code ResourceNotFound} (404), {@code Conflict} (409) when the user has
   * subscriptions and both flags are false. Source: operation Users_Delete.
   *
   * @param userName name of the user
   * @param options what becomes of the subscriptions
   * @return status 202
   */
  public AzurePackResponse<Void> deleteUser(String userName, DeleteUserOptions options) {
    PathSegments.check(userName);
    Objects.requireNonNull(options, "options");
    return calls.nothing(
        headers ->
            users.usersDeleteWithHttpInfo(
                userName,
                null,
                null,
                null,
                null,
                text(options.deleteSubscriptions()),
                text(options.force()),
                headers));
  }

  /**
   * Reads all users at once.
   *
   * @return the users and their number
   * @see #listUsers(ListOptions)
   */
  public AzurePackResponse<UserQueryResult> listUsers() {
    return listUsers(ListOptions.none());
  }

  /**
   * Reads one page of users, or all of them if the options set no page size.
   *
   * <p>Only the administrator interface has this. Codes to expect: {@code ResourceNotFound} (404)
   * for an option that is not correct, and at the tenant interface. Source: operation Users_List.
   *
   * @param options window, order and condition
   * @return the page in {@code items}, the number of users that meet the condition in {@code
   *     filteredTotalCount} and that of all users in {@code totalCount}, whatever the window is
   */
  public AzurePackResponse<UserQueryResult> listUsers(ListOptions options) {
    Objects.requireNonNull(options, "options");
    AzurePackResponse<UserQueryResult> answer =
        calls.value(
            headers ->
                users.usersListWithHttpInfo(
                    null,
                    null,
                    null,
                    null,
                    options.skip(),
                    options.take(),
                    options.sortProperty(),
                    options.sortDirection(),
                    options.filter(),
                    headers));
    // An iteration would seem to be at its end.
    if (answer.value().getItems() == null) {
      throw new AzurePackTransportException("The answer has no items", null);
    }
    return answer;
  }

  /**
   * Reads all users, page by page as they are needed.
   *
   * @return the users in the order of their names
   * @see #listAllUsers(ListOptions)
   */
  public Iterable<User> listAllUsers() {
    return listAllUsers(ListOptions.none());
  }

  /**
   * Reads all users that match, page by page as they are needed.
   *
   * <p>Each iterator starts anew at the first page; its {@code hasNext} makes the requests and
   * throws their errors. As a stream: {@code StreamSupport.stream(users.spliterator(), false)}.
   * Users that come or go meanwhile may be missing or told twice, as pages are asked for by the
   * number of users before them.
   *
   * @param options beginning, page size, order and condition; {@code take} is the size of a page
   *     and not of the list, 1 or more, and 100 when not set
   * @return the users in the order asked for
   * @see #listUsers(ListOptions)
   */
  public Iterable<User> listAllUsers(ListOptions options) {
    ListOptions first = options.take() == null ? options.take(PAGE_SIZE) : options;
    return new Pages<>(
        () -> page(first),
        skip -> page(first.skip(Integer.parseInt(skip))),
        Page::users,
        Page::next);
  }

  /**
   * Has the service refuse tokens of a user from now on.
   *
   * <p>Not documented by Microsoft; its own client has this call. Codes to expect: {@code
   * InvalidInput} (400) for a blank name. Source: operation InvalidUserTokens_Create.
   *
   * @param userName name of the user; whether there is one does not matter
   * @param endingBy tokens that end at this time or before are refused, in whole milliseconds
   * @return status 200
   */
  public AzurePackResponse<Void> invalidateTokens(String userName, Instant endingBy) {
    Objects.requireNonNull(userName, "userName");
    Objects.requireNonNull(endingBy, "endingBy");
    UserToken tokens = new UserToken().username(userName).tokenExpiryTime(Times.format(endingBy));
    return calls.nothing(
        headers ->
            invalidTokens.invalidUserTokensCreateWithHttpInfo(
                tokens, null, null, null, null, headers));
  }

  /** Tells the endpoint, never the token. */
  @Override
  public String toString() {
    return "AzurePackClient[" + endpoint + "]";
  }

  private Calls.Call<User> read(String userName) {
    PathSegments.check(userName);
    return headers -> users.usersRetrieveWithHttpInfo(userName, null, null, null, null, headers);
  }

  private Page page(ListOptions options) {
    UserQueryResult page = listUsers(options).value();
    int next = (options.skip() == null ? 0 : options.skip()) + page.getItems().size();
    Integer all = page.getFilteredTotalCount();
    boolean last = page.getItems().isEmpty() || (all != null && next >= all);
    return new Page(page.getItems(), last ? null : Integer.toString(next));
  }

  /** A flag as Microsoft's own client writes it. */
  private static String text(boolean flag) {
    return flag ? "True" : "False";
  }

  /**
   * Users, and the number of those before the next page.
   *
   * @param next null if this is the last page
   */
  private record Page(List<User> users, String next) {}
}
