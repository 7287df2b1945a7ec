package dev.roster.pact;

import static dev.roster.pact.AzurePackProviderStates.FULL_NAME;
import static dev.roster.pact.AzurePackProviderStates.FULL_NAME_EMAIL;
import static dev.roster.pact.AzurePackProviderStates.LAST_ERROR;
import static dev.roster.pact.AzurePackProviderStates.THIRD_NAME;
import static dev.roster.pact.AzurePackProviderStates.USER_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.azurepack.AzurePackClient;
import dev.roster.client.azurepack.AzurePackException;
import dev.roster.client.azurepack.AzurePackException.Detail;
import dev.roster.client.azurepack.AzurePackResponse;
import dev.roster.client.azurepack.DeleteUserOptions;
import dev.roster.client.azurepack.ListOptions;
import dev.roster.client.azurepack.model.ActivationSyncState;
import dev.roster.client.azurepack.model.User;
import dev.roster.client.azurepack.model.UserInput;
import dev.roster.client.azurepack.model.UserQueryResult;
import dev.roster.client.azurepack.model.UserState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the client expects of Windows Azure Pack, and what it makes of it.
 *
 * <p>The requests that create and update, and their answers, are those of the documentation; the
 * codes and texts of errors are ours. This is the only class that writes this pact, as it begins by
 * removing the one of an earlier build.
 */
class AzurePackPactTest {

  private static final String USERS = "/users";
  private static final String USER = USERS + "/aaa%40bbb.com";
  private static final String FULLY_NAMED_USER = USERS + "/Patti%20Fuller";
  private static final String TOKENS = "/invalidusertokens";

  private static final Instant CREATED = Instant.parse("2013-06-27T21:15:30.787Z");

  private static final String SUSPENDED = "{\"Email\": \"aaa@bbb.com\", \"State\": 2}";

  private static final String INVALID_TEXT = "One or more values are not valid.";

  /** The operations on one user. */
  enum UserOperation {
    RETRIEVE("Users_Retrieve", "GET") {
      @Override
      AzurePackResponse<?> call(AzurePackClient client) {
        return client.getUser(USER_NAME);
      }
    },

    UPDATE("Users_Update", "PUT") {
      @Override
      AzurePackResponse<?> call(AzurePackClient client) {
        return client.updateUser(USER_NAME, suspended());
      }
    },

    DELETE("Users_Delete", "DELETE") {
      @Override
      AzurePackResponse<?> call(AzurePackClient client) {
        return client.deleteUser(USER_NAME);
      }
    };

    private final String operationId;
    private final String method;

    UserOperation(String operationId, String method) {
      this.operationId = operationId;
      this.method = method;
    }

    abstract AzurePackResponse<?> call(AzurePackClient client);

    AzurePackExpectation in(String state, String description) {
      AzurePackExpectation expectation =
          AzurePackExpectation.of(operationId, description).given(state).request(method, USER);
      return switch (this) {
        case RETRIEVE -> expectation;
        case UPDATE -> expectation.sending(SUSPENDED);
        case DELETE -> flags(expectation, "False", "False");
      };
    }
  }

  @BeforeAll
  static void forgetEarlierPacts() throws IOException {
    Pacts.forget(ProvenApi.AZURE_PACK);
  }

  // --- Users_Update

  @Test
  void updatesTheUserOfTheDocumentedSample() {
    AzurePackResponse<User> answer =
        update("updates the documented user")
            .given(AzurePackProviderStates.USER)
            .sending(
                """
                {"Name": "aaa@bbb.com", "Email": "aaa@bbb.com", "State": 1,
                  "CreatedTime": "2013-06-27T21:15:30.787Z", "SubscriptionCount": 1,
                  "ActivationSyncState": 0, "LastErrorMessage": "%s"}
                """
                    .formatted(LAST_ERROR))
            .answer(200)
            .body(documentedUser())
            .met(
                c ->
                    c.updateUser(
                        USER_NAME,
                        new UserInput()
                            .name(USER_NAME)
                            .email(USER_NAME)
                            .state(UserState.ACTIVE)
                            .createdTime("2013-06-27T21:15:30.787Z")
                            .subscriptionCount(1)
                            .activationSyncState(ActivationSyncState.IN_SYNC)
                            .lastErrorMessage(LAST_ERROR)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value()).isEqualTo(documented());
  }

  @Test
  void updateNeedsNoMembersOfTheService() {
    User user =
        UserOperation.UPDATE
            .in(AzurePackProviderStates.USER, "suspends a user")
            .answer(200)
            .body(documentedUser().replace("\"State\": 1", "\"State\": 2"))
            .met(c -> c.updateUser(USER_NAME, suspended()))
            .value();

    assertThat(user).isEqualTo(documented().state(UserState.SUSPENDED));
  }

  @Test
  void stateThatIsNotSetIsNotKept() {
    User user =
        update("changes the address of a user, and says nothing of its state")
            .given(AzurePackProviderStates.USER)
            .sending("{\"Email\": \"%s\"}".formatted(FULL_NAME_EMAIL))
            .answer(200)
            .body(user(USER_NAME, FULL_NAME_EMAIL, 0, "2013-06-27T21:15:30.787", 1, LAST_ERROR))
            .met(c -> c.updateUser(USER_NAME, new UserInput().email(FULL_NAME_EMAIL)))
            .value();

    assertThat(user)
        .isEqualTo(documented().email(FULL_NAME_EMAIL).state(UserState.PENDING_VALIDATION));
  }

  @Test
  void nameIsFoundInAnyCaseAndStaysAsItWas() {
    User user =
        AzurePackExpectation.of("Users_Update", "updates a user by its name in capitals")
            .given(AzurePackProviderStates.USER)
            .request("PUT", USERS + "/AAA%40BBB.COM")
            .sending("{\"Name\": \"Aaa@bbb.com\", \"Email\": \"aaa@bbb.com\", \"State\": 1}")
            .answer(200)
            .body(documentedUser())
            .met(
                c ->
                    c.updateUser(
                        "AAA@BBB.COM",
                        new UserInput()
                            .name("Aaa@bbb.com")
                            .email(USER_NAME)
                            .state(UserState.ACTIVE)))
            .value();

    assertThat(user).isEqualTo(documented());
  }

  @Test
  void updateTellsEveryFault() {
    Detail[] faults = {
      fault("Name", "Name has to be that of the URI; users cannot be renamed."),
      fault("Email", "Email is required."),
      fault("State", "State becomes DeletePending by a DELETE only.")
    };
    AzurePackException refusal =
        update("renames a user, takes its address and marks it as deleted")
            .given(AzurePackProviderStates.USER)
            .sending("{\"Name\": \"bob\", \"Email\": null, \"State\": 3}")
            .error(400, "InvalidInput", INVALID_TEXT, faults)
            .refused(
                c ->
                    c.updateUser(
                        USER_NAME,
                        new UserInput().name("bob").email(null).state(UserState.DELETE_PENDING)));

    assertRefusal(refusal, 400, "InvalidInput", INVALID_TEXT, faults);
    assertThat(refusal.detail("Email")).contains(faults[1]);
  }

  @Test
  void memberOfTheServiceIsReadThoughPassedOver() {
    Detail fault = fault("CreatedTime", "CreatedTime has to be a time.");
    AzurePackException refusal =
        update("sends a time of creation that is none")
            .given(AzurePackProviderStates.USER)
            .sending("{\"Email\": \"aaa@bbb.com\", \"CreatedTime\": \"yesterday\"}")
            .error(400, "InvalidInput", INVALID_TEXT, fault)
            .refused(
                c ->
                    c.updateUser(
                        USER_NAME, new UserInput().email(USER_NAME).createdTime("yesterday")));

    assertRefusal(refusal, 400, "InvalidInput", INVALID_TEXT, fault);
  }

  @Test
  void userThatIsBeingDeletedIsNotChanged() {
    String text = "The user 'aaa@bbb.com' is being deleted and cannot be changed.";
    AzurePackException refusal =
        UserOperation.UPDATE
            .in(AzurePackProviderStates.DELETION_FAILED, "updates a user that is being deleted")
            .error(409, "Conflict", text)
            .refused(UserOperation.UPDATE::call);

    assertRefusal(refusal, 409, "Conflict", text);
    assertThat(refusal.isConflict()).isTrue();
  }

  // --- Users_Create

  @Test
  void createsTheUserOfTheDocumentedSample() {
    AzurePackResponse<User> answer =
        create("creates the documented user")
            .given(AzurePackProviderStates.NO_USER)
            .sending(
                """
                {"Name": "aaa@bbb.com", "Email": "aaa@bbb.com", "State": 1,
                  "CreatedTime": "0001-01-01T00:00:00", "SubscriptionCount": 0,
                  "ActivationSyncState": 0, "LastErrorMessage": null}
                """)
            .answer(201)
            .bodyOfToday(user(USER_NAME, USER_NAME, 1, "2013-06-27T21:15:30.787", 0, null))
            .met(
                c ->
                    c.createUser(
                        new UserInput()
                            .name(USER_NAME)
                            .email(USER_NAME)
                            .state(UserState.ACTIVE)
                            .createdTime("0001-01-01T00:00:00")
                            .subscriptionCount(0)
                            .activationSyncState(ActivationSyncState.IN_SYNC)
                            .lastErrorMessage(null)));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.value()).isEqualTo(documented().subscriptionCount(0).lastErrorMessage(null));
  }

  @Test
  void newUserNeedsNameAndAddressOnly() {
    User user =
        create("creates a user whose name is no address, and says nothing of its state")
            .given(AzurePackProviderStates.USER)
            .sending("{\"Name\": \"%s\", \"Email\": \"aaa@bbb.com\"}".formatted(FULL_NAME))
            .answer(201)
            .bodyOfToday(user(FULL_NAME, USER_NAME, 0, "2013-06-27T21:15:31", 0, null))
            .met(c -> c.createUser(new UserInput().name(FULL_NAME).email(USER_NAME)))
            .value();

    assertThat(user.getName()).isEqualTo(FULL_NAME);
    assertThat(user.getState()).isEqualTo(UserState.PENDING_VALIDATION);
    assertThat(user.getCreatedTime()).isEqualTo(Instant.parse("2013-06-27T21:15:31Z"));
  }

  @Test
  void creationTellsEveryFault() {
    Detail[] faults = {
      fault("Name", "Name is required."),
      fault("Email", "Email is required."),
      fault("State", "State becomes DeletePending by a DELETE only.")
    };
    AzurePackException refusal =
        create("creates nobody")
            .given(AzurePackProviderStates.NO_USER)
            .sending("{\"Name\": \" \", \"State\": 3}")
            .error(400, "InvalidInput", INVALID_TEXT, faults)
            .refused(c -> c.createUser(new UserInput().name(" ").state(UserState.DELETE_PENDING)));

    assertRefusal(refusal, 400, "InvalidInput", INVALID_TEXT, faults);
  }

  @Test
  void nameThatNoUriCanHaveIsRefused() {
    Detail fault =
        fault(
            "Name",
            "Name has to have at most 256 characters, none of them a control character or one of"
                + " < > * % & : \\ ? /.");
    AzurePackException refusal =
        create("creates a user whose name has a slash")
            .given(AzurePackProviderStates.NO_USER)
            .sending("{\"Name\": \"a/b\", \"Email\": \"aaa@bbb.com\"}")
            .error(400, "InvalidInput", INVALID_TEXT, fault)
            .refused(c -> c.createUser(new UserInput().name("a/b").email(USER_NAME)));

    assertRefusal(refusal, 400, "InvalidInput", INVALID_TEXT, fault);
  }

  @Test
  void nameIsTakenInAnyCase() {
    String text = "The user 'AAA@bbb.com' already exists.";
    AzurePackException refusal =
        create("creates a user that is there, in another case")
            .given(AzurePackProviderStates.USER)
            .sending("{\"Name\": \"AAA@bbb.com\", \"Email\": \"aaa@bbb.com\"}")
            .error(409, "ResourceAlreadyExists", text)
            .refused(c -> c.createUser(new UserInput().name("AAA@bbb.com").email(USER_NAME)));

    assertRefusal(refusal, 409, "ResourceAlreadyExists", text);
    assertThat(refusal.isConflict()).isTrue();
  }

  // --- Users_Retrieve

  @Test
  void readsUser() {
    AzurePackResponse<User> answer =
        UserOperation.RETRIEVE
            .in(AzurePackProviderStates.USER, "reads the documented user")
            .answer(200)
            .body(documentedUser())
            .met(c -> c.getUser(USER_NAME));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value()).isEqualTo(documented());
  }

  @Test
  void readsUserWhoseNameHasBlank() {
    User user =
        AzurePackExpectation.of("Users_Retrieve", "reads a user whose name has a blank")
            .given(AzurePackProviderStates.THREE_USERS)
            .request("GET", FULLY_NAMED_USER)
            .answer(200)
            .body(fullyNamedUser())
            .met(c -> c.getUser(FULL_NAME))
            .value();

    assertThat(user.getName()).isEqualTo(FULL_NAME);
    assertThat(user.getEmail()).isEqualTo(FULL_NAME_EMAIL);
  }

  @Test
  void principalMayBeNamed() {
    User user =
        UserOperation.RETRIEVE
            .in(AzurePackProviderStates.USER, "reads a user for an administrator")
            .requestHeader("x-ms-principal-id", "PC\\Administrator")
            .requestHeader("x-ms-principal-liveid", "PC\\Administrator")
            .answer(200)
            .body(documentedUser())
            .metAt(
                endpoint ->
                    AzurePackExpectation.builder(endpoint)
                        .principalId("PC\\Administrator")
                        .build()
                        .getUser(USER_NAME))
            .value();

    assertThat(user).isEqualTo(documented());
  }

  @Test
  void userTellsThatProvidersAreBeingTold() {
    User user =
        UserOperation.RETRIEVE
            .in(AzurePackProviderStates.SYNCING_USER, "reads a user while providers are told of it")
            .answer(200)
            .body(
                user(USER_NAME, USER_NAME, 1, "2013-06-27T21:15:30.787", 0, null)
                    .replace("\"ActivationSyncState\": 0", "\"ActivationSyncState\": 1"))
            .met(c -> c.getUser(USER_NAME))
            .value();

    assertThat(user.getActivationSyncState()).isEqualTo(ActivationSyncState.SYNCING);
    assertThat(user.getLastErrorMessage()).isNull();
  }

  @Test
  void userTellsThatItsDeletionHasFailed() {
    User user =
        UserOperation.RETRIEVE
            .in(AzurePackProviderStates.DELETION_FAILED, "reads a user whose deletion has failed")
            .answer(200)
            .body(
                user(USER_NAME, USER_NAME, 3, "2013-06-27T21:15:30.787", 0, LAST_ERROR)
                    .replace("\"ActivationSyncState\": 0", "\"ActivationSyncState\": 2"))
            .met(c -> c.getUser(USER_NAME))
            .value();

    assertThat(user.getState()).isEqualTo(UserState.DELETE_PENDING);
    assertThat(user.getActivationSyncState()).isEqualTo(ActivationSyncState.OUT_OF_SYNC);
    assertThat(user.getLastErrorMessage()).isEqualTo(LAST_ERROR);
  }

  @Test
  void findsUserThatIsThere() {
    AzurePackResponse<Optional<User>> answer =
        UserOperation.RETRIEVE
            .in(AzurePackProviderStates.USER, "looks for the documented user")
            .answer(200)
            .body(documentedUser())
            .met(c -> c.findUser(USER_NAME));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value()).contains(documented());
  }

  @Test
  void findsNobodyWhereNobodyIs() {
    AzurePackResponse<Optional<User>> answer =
        UserOperation.RETRIEVE
            .in(AzurePackProviderStates.NO_USER, "looks for an unknown user")
            .error(404, "ResourceNotFound", notFound())
            .met(c -> c.findUser(USER_NAME));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.value()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void unknownUserIsNotFound(UserOperation operation) {
    AzurePackException refusal =
        operation
            .in(
                AzurePackProviderStates.NO_USER,
                "does not find a user for " + operation.operationId)
            .error(404, "ResourceNotFound", notFound())
            .refused(operation::call);

    assertRefusal(refusal, 404, "ResourceNotFound", notFound());
    assertThat(refusal.isNotFound()).isTrue();
  }

  // --- Users_Delete

  @Test
  void deletesUserWithoutSubscriptions() {
    AzurePackResponse<Void> answer =
        UserOperation.DELETE
            .in(AzurePackProviderStates.USER_WITHOUT_SUBSCRIPTIONS, "deletes a user")
            .answer(202)
            .met(c -> c.deleteUser(USER_NAME));

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void deletesUserWithItsSubscriptions() {
    AzurePackResponse<Void> answer =
        delete("deletes a user with its subscriptions", "True", "False")
            .given(AzurePackProviderStates.USER)
            .answer(202)
            .met(c -> c.deleteUser(USER_NAME, DeleteUserOptions.none().deleteSubscriptions(true)));

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void insistsOnDeletionThatHasFailed() {
    AzurePackResponse<Void> answer =
        delete("insists on deleting a user", "False", "True")
            .given(AzurePackProviderStates.DELETION_FAILED)
            .answer(202)
            .met(c -> c.deleteUser(USER_NAME, DeleteUserOptions.none().force(true)));

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void userWithSubscriptionsIsNotDeletedWithoutThem() {
    String text =
        "The user 'aaa@bbb.com' has subscriptions; delete them too, with deleteSubscriptions=True or"
            + " force=True.";
    AzurePackException refusal =
        UserOperation.DELETE
            .in(AzurePackProviderStates.USER, "deletes a user without its subscription")
            .error(409, "Conflict", text)
            .refused(UserOperation.DELETE::call);

    assertRefusal(refusal, 409, "Conflict", text);
    assertThat(refusal.isConflict()).isTrue();
  }

  // --- Users_List

  @Test
  void listsUsersByName() {
    AzurePackResponse<UserQueryResult> answer =
        list("lists all users")
            .given(AzurePackProviderStates.THREE_USERS)
            .answer(200)
            .body(page(3, documentedUser(), fullyNamedUser(), thirdUser()))
            .met(AzurePackClient::listUsers);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value().getFilteredTotalCount()).isEqualTo(3);
    assertThat(answer.value().getTotalCount()).isEqualTo(3);
    assertThat(answer.value().getItems()).hasSize(3);
    assertThat(answer.value().getItems().get(0)).isEqualTo(documented());
    assertThat(answer.value().getItems().get(2).getState()).isEqualTo(UserState.SUSPENDED);
  }

  @Test
  void listsNobodyWhereNobodyIs() {
    UserQueryResult page =
        list("lists no users")
            .given(AzurePackProviderStates.NO_USER)
            .answer(200)
            .body("{\"items\": [], \"filteredTotalCount\": 0, \"totalCount\": 0}")
            .met(AzurePackClient::listUsers)
            .value();

    assertThat(page)
        .isEqualTo(new UserQueryResult().items(List.of()).filteredTotalCount(0).totalCount(0));
  }

  @Test
  void listsOnePageOfWhatIsAskedFor() {
    UserQueryResult page =
        list("lists the second-latest of the users of a domain")
            .given(AzurePackProviderStates.THREE_USERS)
            .query("skip", "1")
            .query("take", "1")
            .query("sortProperty", "CreatedTime")
            .query("sortDirection", "desc")
            .query("filter", "CONTOSO.example")
            .answer(200)
            .body(page(2, fullyNamedUser()))
            .met(
                c ->
                    c.listUsers(
                        ListOptions.none()
                            .skip(1)
                            .take(1)
                            .sortProperty("CreatedTime")
                            .sortDirection("desc")
                            .filter("CONTOSO.example")))
            .value();

    assertThat(page.getItems()).extracting(User::getName).containsExactly(FULL_NAME);
    assertThat(page.getFilteredTotalCount()).isEqualTo(2);
    assertThat(page.getTotalCount()).isEqualTo(3);
  }

  @Test
  void readsAllPagesAsTheyAreNeeded() {
    List<User> users =
        list("lists the first two users")
            .given(AzurePackProviderStates.THREE_USERS)
            .query("take", "2")
            .answer(200)
            .body(page(3, documentedUser(), fullyNamedUser()))
            .then(
                list("lists the users behind the first two")
                    .given(AzurePackProviderStates.THREE_USERS)
                    .query("skip", "2")
                    .query("take", "2")
                    .answer(200)
                    .body(page(3, thirdUser())))
            .met(c -> listed(c.listAllUsers(ListOptions.none().take(2))));

    assertThat(users).extracting(User::getName).containsExactly(USER_NAME, FULL_NAME, THIRD_NAME);
  }

  @ParameterizedTest
  @CsvSource({"take, -1", "sortProperty, Password", "sortDirection, sideways"})
  void optionThatIsNotCorrectIsNotFound(String parameter, String value) {
    String text =
        "The value '%s' of the parameter '%s' is not correct.".formatted(value, parameter);
    AzurePackException refusal =
        list("lists users with an incorrect " + parameter)
            .given(AzurePackProviderStates.THREE_USERS)
            .query(parameter, value)
            .error(404, "ResourceNotFound", text)
            .refused(c -> c.listUsers(option(parameter, value)));

    assertRefusal(refusal, 404, "ResourceNotFound", text);
  }

  private static ListOptions option(String parameter, String value) {
    return switch (parameter) {
      case "take" -> ListOptions.none().take(Integer.parseInt(value));
      case "sortProperty" -> ListOptions.none().sortProperty(value);
      case "sortDirection" -> ListOptions.none().sortDirection(value);
      default -> throw new IllegalArgumentException(parameter);
    };
  }

  // --- InvalidUserTokens_Create

  @Test
  void invalidatesTokens() {
    AzurePackResponse<Void> answer =
        invalidate("invalidates the tokens of a user")
            .given(AzurePackProviderStates.NO_USER)
            .sending(
                "{\"Username\": \"aaa@bbb.com\", \"TokenExpiryTime\": \"2013-06-28T05:15:30Z\"}")
            .answer(200)
            .met(c -> c.invalidateTokens(USER_NAME, Instant.parse("2013-06-28T05:15:30Z")));

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void tokensOfNobodyAreNotInvalidated() {
    Detail fault = fault("Username", "Username is required.");
    AzurePackException refusal =
        invalidate("invalidates the tokens of nobody")
            .given(AzurePackProviderStates.NO_USER)
            .sending("{\"Username\": \" \", \"TokenExpiryTime\": \"2013-06-28T05:15:30Z\"}")
            .error(400, "InvalidInput", INVALID_TEXT, fault)
            .refused(c -> c.invalidateTokens(" ", Instant.parse("2013-06-28T05:15:30Z")));

    assertRefusal(refusal, 400, "InvalidInput", INVALID_TEXT, fault);
  }

  // --- What several of them need

  private static UserInput suspended() {
    return new UserInput().email(USER_NAME).state(UserState.SUSPENDED);
  }

  private static User documented() {
    return new User()
        .name(USER_NAME)
        .email(USER_NAME)
        .state(UserState.ACTIVE)
        .createdTime(CREATED)
        .subscriptionCount(1)
        .activationSyncState(ActivationSyncState.IN_SYNC)
        .lastErrorMessage(LAST_ERROR);
  }

  private static String documentedUser() {
    return user(USER_NAME, USER_NAME, 1, "2013-06-27T21:15:30.787", 1, LAST_ERROR);
  }

  private static String fullyNamedUser() {
    return user(FULL_NAME, FULL_NAME_EMAIL, 1, "2013-06-28T21:15:30.787", 0, null);
  }

  private static String thirdUser() {
    return user(THIRD_NAME, THIRD_NAME, 2, "2013-06-29T21:15:30.787", 0, null);
  }

  private static String user(
      String name, String email, int state, String created, int subscriptions, String lastError) {
    return """
        {"Name": "%s", "Email": "%s", "State": %d, "CreatedTime": "%s", "SubscriptionCount": %d,
          "ActivationSyncState": 0, "LastErrorMessage": %s}
        """
        .formatted(
            name,
            email,
            state,
            created,
            subscriptions,
            lastError == null ? null : "\"" + lastError + "\"");
  }

  private static String page(int filteredTotalCount, String... users) {
    return "{\"items\": [%s], \"filteredTotalCount\": %d, \"totalCount\": 3}"
        .formatted(String.join(",", users), filteredTotalCount);
  }

  private static String notFound() {
    return "The user 'aaa@bbb.com' was not found.";
  }

  private static Detail fault(String source, String message) {
    return new Detail("InvalidInput", source, message);
  }

  private static AzurePackExpectation update(String description) {
    return AzurePackExpectation.of("Users_Update", description).request("PUT", USER);
  }

  private static AzurePackExpectation create(String description) {
    return AzurePackExpectation.of("Users_Create", description).request("POST", USERS);
  }

  private static AzurePackExpectation list(String description) {
    return AzurePackExpectation.of("Users_List", description).request("GET", USERS);
  }

  private static AzurePackExpectation invalidate(String description) {
    return AzurePackExpectation.of("InvalidUserTokens_Create", description).request("POST", TOKENS);
  }

  private static AzurePackExpectation delete(
      String description, String deleteSubscriptions, String force) {
    return flags(
        AzurePackExpectation.of("Users_Delete", description).request("DELETE", USER),
        deleteSubscriptions,
        force);
  }

  private static AzurePackExpectation flags(
      AzurePackExpectation expectation, String deleteSubscriptions, String force) {
    return expectation.query("deleteSubscriptions", deleteSubscriptions).query("force", force);
  }

  private static <T> List<T> listed(Iterable<T> entries) {
    return StreamSupport.stream(entries.spliterator(), false).toList();
  }

  private static void assertRefusal(
      AzurePackException refusal, int status, String code, String text, Detail... details) {
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.text()).isEqualTo(text);
    assertThat(refusal.details()).containsExactly(details);
  }
}
