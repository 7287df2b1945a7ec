package dev.roster.client.nimble;

import dev.roster.client.http.PathSegments;
import dev.roster.client.nimble.api.ArraysApi;
import dev.roster.client.nimble.api.TokensApi;
import dev.roster.client.nimble.api.UsersApi;
import dev.roster.client.nimble.api.VersionsApi;
import dev.roster.client.nimble.invoker.ApiClient;
import dev.roster.client.nimble.model.ArrayAnswer;
import dev.roster.client.nimble.model.NimbleArray;
import dev.roster.client.nimble.model.NimbleArrayList;
import dev.roster.client.nimble.model.Query;
import dev.roster.client.nimble.model.Token;
import dev.roster.client.nimble.model.TokenAnswer;
import dev.roster.client.nimble.model.TokenFilter;
import dev.roster.client.nimble.model.TokenList;
import dev.roster.client.nimble.model.TokenReport;
import dev.roster.client.nimble.model.TokenReportRequest;
import dev.roster.client.nimble.model.User;
import dev.roster.client.nimble.model.UserAnswer;
import dev.roster.client.nimble.model.UserCreate;
import dev.roster.client.nimble.model.UserCreateRequest;
import dev.roster.client.nimble.model.UserDetails;
import dev.roster.client.nimble.model.UserDetailsAnswer;
import dev.roster.client.nimble.model.UserFilter;
import dev.roster.client.nimble.model.UserList;
import dev.roster.client.nimble.model.UserLockAnswer;
import dev.roster.client.nimble.model.UserLockStatus;
import dev.roster.client.nimble.model.UserUnlock;
import dev.roster.client.nimble.model.UserUnlockRequest;
import dev.roster.client.nimble.model.UserUpdate;
import dev.roster.client.nimble.model.UserUpdateRequest;
import dev.roster.client.nimble.model.Version;
import dev.roster.client.nimble.model.VersionList;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Manages the users of one HPE Nimble Storage array, and the sessions they log in with.
 *
 * <p>Instances are safe for use by many threads; make one per array and user, keep it, and close it
 * in the end.
 *
 * <p>The first call that needs a session logs in. A call that finds the session dead (401 with
 * {@code SM_http_unauthorized}), as after some time without requests, logs in anew and repeats its
 * request, which a dead session has not let through, exactly once. Calls that need a log-in at the
 * same time share one. Beyond that nothing is retried.
 *
 * <p>Errors of every call: {@link NimbleException} when the array refuses, {@link
 * NimbleLogInException} when it refuses the log-in, {@link NimbleTimeoutException} when a time-out
 * of this client ran out, {@link NimbleTransportException} when no usable answer arrived, {@link
 * IllegalArgumentException} when an id is empty, is {@code .} or {@code ..}, or holds half a
 * surrogate pair, as a URL cannot carry those, {@link IllegalStateException} when the client is
 * closed.
 *
 * <p>Codes to expect of every call with an id: {@code SM_enoent} (404) for an unknown one, {@code
 * SM_invalid_path_variable} (400) for what is no id. Ids have 42 hexadecimal digits. Times are
 * whole seconds since the beginning of 1970, UTC, and 0 for never; time spans are seconds.
 *
 * <p>Source: <a
 * href="https://support.hpe.com/docs/display/public/nmtp351en_us/mnl1480349060560.html">HPE Nimble
 * Storage REST API Reference</a>, releases 4.4 to 5.2.
 */
public final class NimbleClient implements AutoCloseable {

  private static final Rows<UserList, User> USERS =
      new Rows<>(UserList::getData, UserList::getEndRow, UserList::getTotalRows);
  private static final Rows<TokenList, Token> TOKENS =
      new Rows<>(TokenList::getData, TokenList::getEndRow, TokenList::getTotalRows);
  private static final Rows<VersionList, Version> VERSIONS =
      new Rows<>(VersionList::getData, VersionList::getEndRow, VersionList::getTotalRows);
  private static final Rows<NimbleArrayList, NimbleArray> ARRAYS =
      new Rows<>(
          NimbleArrayList::getData, NimbleArrayList::getEndRow, NimbleArrayList::getTotalRows);

  private final URI endpoint;
  private final String username;
  private final Calls calls;
  private final UsersApi users;
  private final TokensApi tokens;
  private final VersionsApi versions;
  private final ArraysApi arrays;

  NimbleClient(URI endpoint, String username, Calls calls) {
    this.endpoint = endpoint;
    this.username = username;
    this.calls = calls;
    ApiClient generated = calls.generated();
    this.users = new UsersApi(generated);
    this.tokens = new TokensApi(generated);
    this.versions = new VersionsApi(generated);
    this.arrays = new ArraysApi(generated);
  }

  /**
   * Starts to describe a client.
   *
   * @return a builder that still needs an endpoint and credentials
   */
  public static NimbleClientBuilder builder() {
    return new NimbleClientBuilder();
  }

  /**
   * Creates a user.
   *
   * <p>Codes to expect: {@code SM_eexist} (409) when the name is taken, {@code SM_too_many} (409)
   * when there are as many users as the array allows, {@code SM_invalid_arg_value} (400) with the
   * member in {@link NimbleException#argument argument} {@code arg}, {@code SM_reserved_username}
   * (400), {@code SM_eperm} (403) when the session's user is no administrator. Source: operation
   * Users_Create.
   *
   * @param user the user, of which a name and a password are needed and sent as null if they are
   *     unset; other unset members are not sent. A password has 8 to 255 printable ASCII characters
   *     without ampersand, semicolon, square brackets and backtick
   * @return the whole new user with its id, status 201
   */
  public NimbleResponse<User> createUser(UserCreate user) {
    Objects.requireNonNull(user, "user");
    UserCreateRequest request = new UserCreateRequest().data(user);
    return calls.object(
        UserAnswer::getData,
        secrets(user.getPassword()),
        session -> users.usersCreateWithHttpInfo(request, session.headers()));
  }

  /**
   * Reads one page of the ids and names of all users.
   *
   * @return the first page
   * @see #listUsers(UserFilter, ListOptions)
   */
  public NimbleResponse<UserList> listUsers() {
    return listUsers(new UserFilter(), ListOptions.none());
  }

  /**
   * Reads one page of the ids and names of users.
   *
   * <p>Codes to expect: {@code SM_invalid_query_param}, {@code SM_start_row_beyond_end_row}, {@code
   * SM_start_row_beyond_total_rows}, {@code SM_too_large_page_size} (400). Source: operation
   * Users_List.
   *
   * @param filter values that the users have; unset members are not asked for
   * @param options window and order
   * @return the page, whose {@code endRow} equals {@code totalRows} if it is the last
   * @throws IllegalArgumentException if options name fields
   */
  public NimbleResponse<UserList> listUsers(UserFilter filter, ListOptions options) {
    Objects.requireNonNull(filter, "filter");
    ListOptions window = options.withoutFields();
    return calls.page(
        USERS,
        session ->
            users.usersListWithHttpInfo(
                filter,
                window.startRow(),
                window.endRow(),
                window.pageSize(),
                window.sortBy(),
                window.iSortBy(),
                session.headers()));
  }

  /**
   * Reads the ids and names of users, page by page as they are needed.
   *
   * <p>Each iterator starts anew at the first page; its {@code hasNext} makes the requests and
   * throws their errors. As a stream: {@code StreamSupport.stream(users.spliterator(), false)}.
   * Users that come or go meanwhile may be missing or told twice, as pages are asked for by the
   * number of their first row.
   *
   * @param filter values that the users have, copied; unset members are not asked for
   * @param options window, page size and order
   * @return the users in the order asked for
   * @throws IllegalArgumentException if options name fields
   */
  public Iterable<User> listAllUsers(UserFilter filter, ListOptions options) {
    UserFilter copy = calls.copy(filter);
    return USERS.all(options.withoutFields(), window -> listUsers(copy, window));
  }

  /**
   * Reads one page of all users with their details.
   *
   * @return the first page
   * @see #listUsersDetail(UserFilter, ListOptions)
   */
  public NimbleResponse<UserList> listUsersDetail() {
    return listUsersDetail(new UserFilter(), ListOptions.none());
  }

  /**
   * Reads one page of users with their details.
   *
   * <p>Codes to expect: those of {@link #listUsers(UserFilter, ListOptions)}. Source: operation
   * Users_ListDetail.
   *
   * @param filter values that the users have; unset members are not asked for
   * @param options fields, window and order
   * @return the page, whose {@code endRow} equals {@code totalRows} if it is the last
   */
  public NimbleResponse<UserList> listUsersDetail(UserFilter filter, ListOptions options) {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(options, "options");
    return calls.page(
        USERS,
        session ->
            users.usersListDetailWithHttpInfo(
                filter,
                options.fields(),
                options.startRow(),
                options.endRow(),
                options.pageSize(),
                options.sortBy(),
                options.iSortBy(),
                session.headers()));
  }

  /**
   * Reads all users with their details, page by page as they are needed.
   *
   * @return the users in the order of their ids
   * @see #listAllUsers(UserFilter, ListOptions)
   */
  public Iterable<User> listAllUsersDetail() {
    return listAllUsersDetail(new UserFilter(), ListOptions.none());
  }

  /**
   * Reads users with their details, page by page as they are needed.
   *
   * @param filter values that the users have, copied; unset members are not asked for
   * @param options fields, window, page size and order
   * @return the users in the order asked for
   * @see #listAllUsers(UserFilter, ListOptions)
   */
  public Iterable<User> listAllUsersDetail(UserFilter filter, ListOptions options) {
    UserFilter copy = calls.copy(filter);
    Objects.requireNonNull(options, "options");
    return USERS.all(options, window -> listUsersDetail(copy, window));
  }

  /**
   * Reads one page of the users that meet a condition, with their details.
   *
   * <p>Codes to expect: those of {@link #listUsers(UserFilter, ListOptions)}, {@code
   * SM_unsupported_query_operator}, {@code SM_unexpected_object_set_query}, {@code
   * SM_invalid_object_set_query} (400). Source: operation Users_QueryDetail.
   *
   * @param condition what the users meet
   * @param options fields, window and order
   * @return the page, whose {@code endRow} equals {@code totalRows} if it is the last
   */
  public NimbleResponse<UserList> queryUsers(Condition condition, ListOptions options) {
    Query query = condition.toQuery();
    Objects.requireNonNull(options, "options");
    return calls.page(
        USERS,
        session ->
            users.usersQueryDetailWithHttpInfo(
                query,
                options.fields(),
                options.startRow(),
                options.endRow(),
                options.pageSize(),
                options.sortBy(),
                options.iSortBy(),
                session.headers()));
  }

  /**
   * Reads the users that meet a condition, with their details, page by page as they are needed.
   *
   * @param condition what the users meet
   * @param options fields, window, page size and order
   * @return the users in the order asked for
   * @see #listAllUsers(UserFilter, ListOptions)
   */
  public Iterable<User> queryAllUsers(Condition condition, ListOptions options) {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(options, "options");
    return USERS.all(options, window -> queryUsers(condition, window));
  }

  /**
   * Reads a user.
   *
   * <p>Source: operation Users_Read.
   *
   * @param id id of the user
   * @return the user; roles this client does not know read as {@code UNKNOWN_DEFAULT_OPEN_API}
   */
  public NimbleResponse<User> readUser(String id) {
    return readUser(id, null);
  }

  /**
   * Reads some members of a user.
   *
   * <p>Codes to expect: {@code SM_invalid_query_param} (400). Source: operation Users_Read.
   *
   * @param id id of the user
   * @param fields members wanted, separated by commas, such as {@code id,name}; null for all
   * @return the user, whose other members are null
   */
  public NimbleResponse<User> readUser(String id, String fields) {
    PathSegments.check(id);
    return calls.object(
        UserAnswer::getData, session -> users.usersReadWithHttpInfo(id, fields, session.headers()));
  }

  /**
   * Reads the user of a name.
   *
   * <p>Source: operation Users_ListDetail.
   *
   * @param name name of the user; case counts
   * @return the user, or empty if there is none; status 200 in both cases
   */
  public NimbleResponse<Optional<User>> findUser(String name) {
    Objects.requireNonNull(name, "name");
    NimbleResponse<UserList> found =
        listUsersDetail(new UserFilter().name(name), ListOptions.none());
    return found.with(found.value().getData().stream().findFirst());
  }

  /**
   * Changes those members of a user that are set.
   *
   * <p>A member that was never set is not sent and keeps its value. An empty {@code description},
   * {@code full_name} or {@code email_addr} is sent and makes it empty.
   *
   * <p>A new password needs {@code auth_password}, the present password of the user that this
   * client logged in as, whoever is changed.
   *
   * <p>Codes to expect: {@code SM_missing_arg} and {@code SM_invalid_arg_value} (400) with the
   * member in {@link NimbleException#argument argument} {@code arg}, {@code SM_auth} (403) for a
   * wrong {@code auth_password}, {@code SM_eperm} (403) for what the role does not permit or the
   * array protects, {@code SM_eexist} (409) when a new name is taken, {@code
   * SM_passwd_same_as_current} (409). Source: operation Users_Update.
   *
   * @param id id of the user
   * @param changes the changes; an id among them has to be the same
   * @return the whole user as it is now
   */
  public NimbleResponse<User> updateUser(String id, UserUpdate changes) {
    PathSegments.check(id);
    Objects.requireNonNull(changes, "changes");
    UserUpdateRequest request = new UserUpdateRequest().data(changes);
    return calls.object(
        UserAnswer::getData,
        secrets(changes.getPassword(), changes.getAuthPassword()),
        session -> users.usersUpdateWithHttpInfo(id, request, session.headers()));
  }

  /**
   * Deletes a user and ends its sessions.
   *
   * <p>Codes to expect: {@code SM_eperm} (403) for the built-in administrator, for the user that
   * this client logged in as, and when that one is no administrator. Source: operation
   * Users_Delete.
   *
   * @param id id of the user
   * @return status 200
   */
  public NimbleResponse<Void> deleteUser(String id) {
    PathSegments.check(id);
    return calls.nothing(session -> users.usersDeleteWithHttpInfo(id, session.headers()));
  }

  /**
   * Lets a user who was locked after refused log-ins log in again.
   *
   * <p>Codes to expect: {@code SM_eperm} (403) when the session's user is no administrator. Source:
   * operation Users_Unlock.
   *
   * @param id id of the user
   * @return the id, and that the user is not locked
   */
  public NimbleResponse<UserLockStatus> unlockUser(String id) {
    PathSegments.check(id);
    UserUnlockRequest request = new UserUnlockRequest().data(new UserUnlock().id(id));
    return calls.object(
        UserLockAnswer::getData,
        session -> users.usersUnlockWithHttpInfo(id, request, session.headers()));
  }

  /**
   * Reads one page of the ids and user names of sessions.
   *
   * <p>Codes to expect: those of {@link #listUsers(UserFilter, ListOptions)}. Source: operation
   * Tokens_List.
   *
   * @param filter values that the tokens have; unset members are not asked for
   * @param options window and order
   * @return the page, whose {@code endRow} equals {@code totalRows} if it is the last
   * @throws IllegalArgumentException if options name fields
   */
  public NimbleResponse<TokenList> listTokens(TokenFilter filter, ListOptions options) {
    Objects.requireNonNull(filter, "filter");
    ListOptions window = options.withoutFields();
    return calls.page(
        TOKENS,
        secrets(filter.getSessionToken()),
        session ->
            tokens.tokensListWithHttpInfo(
                filter,
                window.startRow(),
                window.endRow(),
                window.pageSize(),
                window.sortBy(),
                window.iSortBy(),
                session.headers()));
  }

  /**
   * Reads the ids and user names of sessions, page by page as they are needed.
   *
   * @param filter values that the tokens have, copied; unset members are not asked for
   * @param options window, page size and order
   * @return the tokens in the order asked for
   * @throws IllegalArgumentException if options name fields
   * @see #listAllUsers(UserFilter, ListOptions)
   */
  public Iterable<Token> listAllTokens(TokenFilter filter, ListOptions options) {
    TokenFilter copy = calls.copy(filter);
    return TOKENS.all(options.withoutFields(), window -> listTokens(copy, window));
  }

  /**
   * Reads one page of sessions with their details.
   *
   * <p>Codes to expect: those of {@link #listUsers(UserFilter, ListOptions)}. Source: operation
   * Tokens_ListDetail.
   *
   * @param filter values that the tokens have; unset members are not asked for
   * @param options fields, window and order
   * @return the page, whose {@code endRow} equals {@code totalRows} if it is the last; a {@code
   *     session_token} is as secret as a password, and Roster tells that of others only to who
   *     filters by it
   */
  public NimbleResponse<TokenList> listTokensDetail(TokenFilter filter, ListOptions options) {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(options, "options");
    return calls.page(
        TOKENS,
        secrets(filter.getSessionToken()),
        session ->
            tokens.tokensListDetailWithHttpInfo(
                filter,
                options.fields(),
                options.startRow(),
                options.endRow(),
                options.pageSize(),
                options.sortBy(),
                options.iSortBy(),
                session.headers()));
  }

  /**
   * Reads sessions with their details, page by page as they are needed.
   *
   * @param filter values that the tokens have, copied; unset members are not asked for
   * @param options fields, window, page size and order
   * @return the tokens in the order asked for
   * @see #listAllUsers(UserFilter, ListOptions)
   */
  public Iterable<Token> listAllTokensDetail(TokenFilter filter, ListOptions options) {
    TokenFilter copy = calls.copy(filter);
    Objects.requireNonNull(options, "options");
    return TOKENS.all(options, window -> listTokensDetail(copy, window));
  }

  /**
   * Reads one page of the sessions that meet a condition, with their details.
   *
   * <p>Codes to expect: those of {@link #queryUsers}. Source: operation Tokens_QueryDetail.
   *
   * @param condition what the tokens meet
   * @param options fields, window and order
   * @return the page, whose {@code endRow} equals {@code totalRows} if it is the last
   */
  public NimbleResponse<TokenList> queryTokens(Condition condition, ListOptions options) {
    Query query = condition.toQuery();
    Objects.requireNonNull(options, "options");
    return calls.page(
        TOKENS,
        condition.secrets(),
        session ->
            tokens.tokensQueryDetailWithHttpInfo(
                query,
                options.fields(),
                options.startRow(),
                options.endRow(),
                options.pageSize(),
                options.sortBy(),
                options.iSortBy(),
                session.headers()));
  }

  /**
   * Reads the sessions that meet a condition, with their details, page by page as they are needed.
   *
   * @param condition what the tokens meet
   * @param options fields, window, page size and order
   * @return the tokens in the order asked for
   * @see #listAllUsers(UserFilter, ListOptions)
   */
  public Iterable<Token> queryAllTokens(Condition condition, ListOptions options) {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(options, "options");
    return TOKENS.all(options, window -> queryTokens(condition, window));
  }

  /**
   * Reads the session of this client.
   *
   * <p>Source: operation Tokens_Read.
   *
   * @return the token; its {@code session_token} is as secret as a password
   */
  public NimbleResponse<Token> readOwnToken() {
    return calls.object(
        TokenAnswer::getData,
        session -> tokens.tokensReadWithHttpInfo(session.id(), null, session.headers()));
  }

  /**
   * Reads a session.
   *
   * <p>Codes to expect: {@code SM_enoent} (404) also when it has ended, or is somebody else's and
   * the session's user is no administrator. Source: operation Tokens_Read.
   *
   * @param id id of the token, which is not the {@code session_token}
   * @return the token
   */
  public NimbleResponse<Token> readToken(String id) {
    PathSegments.check(id);
    return calls.object(
        TokenAnswer::getData,
        session -> tokens.tokensReadWithHttpInfo(id, null, session.headers()));
  }

  /**
   * Tells who this client logged in as.
   *
   * <p>Source: operation Tokens_ReportUserDetails.
   *
   * @return the user with its role and the time-out in force, in seconds
   */
  public NimbleResponse<UserDetails> reportUserDetails() {
    return calls.object(
        UserDetailsAnswer::getData,
        session ->
            tokens.tokensReportUserDetailsWithHttpInfo(
                session.id(), report(session.id()), session.headers()));
  }

  /**
   * Tells who the user of a session is.
   *
   * <p>Codes to expect: those of {@link #readToken}. Source: operation Tokens_ReportUserDetails.
   *
   * @param tokenId id of the token
   * @return the user with its role and the time-out in force, in seconds
   */
  public NimbleResponse<UserDetails> reportUserDetails(String tokenId) {
    PathSegments.check(tokenId);
    return calls.object(
        UserDetailsAnswer::getData,
        session ->
            tokens.tokensReportUserDetailsWithHttpInfo(
                tokenId, report(tokenId), session.headers()));
  }

  /**
   * Ends the session of this client, if it has one; the next call logs in anew.
   *
   * <p>A session that has died in the meantime is no error. Source: operation Tokens_Delete.
   */
  public void logOut() {
    calls.logOut();
  }

  /**
   * Ends a session, maybe somebody else's.
   *
   * <p>Codes to expect: those of {@link #readToken}. Source: operation Tokens_Delete.
   *
   * @param tokenId id of the token
   * @return status 200
   */
  public NimbleResponse<Void> logOut(String tokenId) {
    PathSegments.check(tokenId);
    return calls.nothing(session -> tokens.tokensDeleteWithHttpInfo(tokenId, session.headers()));
  }

  /**
   * Reads the versions of the API that the array speaks, without a session.
   *
   * <p>Source: operation Versions_List.
   *
   * @return the first page, as a rule of the one version {@code v1}; a real array may tell names
   *     only
   */
  public NimbleResponse<VersionList> listVersions() {
    return calls.pageWithoutSession(
        VERSIONS, () -> versions.versionsListWithHttpInfo(null, null, null, null, null));
  }

  /**
   * Reads the versions of the API with the release of the array, such as {@code 5.2.1.0-1-opt}.
   *
   * <p>Source: operation Versions_ListDetail.
   *
   * @return the first page, as a rule of the one version {@code v1}
   */
  public NimbleResponse<VersionList> listVersionsDetail() {
    return calls.page(
        VERSIONS,
        session ->
            versions.versionsListDetailWithHttpInfo(
                null, null, null, null, null, null, session.headers()));
  }

  /**
   * Reads the ids and names of the arrays of the group.
   *
   * <p>Source: operation Arrays_List.
   *
   * @return the first page; Roster is one array
   */
  public NimbleResponse<NimbleArrayList> listArrayNames() {
    return calls.page(
        ARRAYS,
        session -> arrays.arraysListWithHttpInfo(null, null, null, null, null, session.headers()));
  }

  /**
   * Reads one array.
   *
   * <p>Codes to expect: {@code SM_enoent} (404), and {@code SM_invalid_path_variable} (400) for an
   * id that is not 42 hexadecimal digits. Source: operation Arrays_Read.
   *
   * @param id id of the array
   */
  public NimbleResponse<NimbleArray> readArray(String id) {
    PathSegments.check(id);
    return calls.object(
        ArrayAnswer::getData,
        session -> arrays.arraysReadWithHttpInfo(id, null, session.headers()));
  }

  /**
   * Reads the arrays of the group with all their members.
   *
   * <p>Source: operation Arrays_ListDetail.
   *
   * @return the first page; Roster is one array
   */
  public NimbleResponse<NimbleArrayList> listArrays() {
    return calls.page(
        ARRAYS,
        session ->
            arrays.arraysListDetailWithHttpInfo(
                null, null, null, null, null, null, session.headers()));
  }

  /**
   * Logs out, if there is a session, and makes every later call fail with {@link
   * IllegalStateException}.
   *
   * <p>Throws nothing, so that it hides no error before it: a session that could not be ended ends
   * by itself after the array's time without requests. Calls that are still running may fail. To
   * see errors of the log-out, call {@link #logOut()} before.
   */
  @Override
  public void close() {
    try {
      calls.close();
    } catch (NimbleException | NimbleTransportException e) {
      // Told in the description: the array ends the session in the end.
    }
  }

  /** Tells the endpoint and the user, never the password or the token. */
  @Override
  public String toString() {
    return "NimbleClient[" + endpoint + ", " + username + "]";
  }

  private static TokenReportRequest report(String tokenId) {
    return new TokenReportRequest().data(new TokenReport().id(tokenId));
  }

  /** What is to be masked, without what was not sent. */
  private static List<String> secrets(String... secrets) {
    return Arrays.stream(secrets).filter(Objects::nonNull).toList();
  }
}
