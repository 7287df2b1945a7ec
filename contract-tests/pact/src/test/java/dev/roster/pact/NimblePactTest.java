package dev.roster.pact;

import static dev.roster.client.nimble.Condition.and;
import static dev.roster.client.nimble.Condition.contains;
import static dev.roster.client.nimble.Condition.equalTo;
import static dev.roster.client.nimble.Condition.iContains;
import static dev.roster.client.nimble.Condition.inSet;
import static dev.roster.pact.NimbleProviderStates.ADMINISTRATOR_ID;
import static dev.roster.pact.NimbleProviderStates.OTHER_SESSION_ID;
import static dev.roster.pact.NimbleProviderStates.SESSION_ID;
import static dev.roster.pact.NimbleProviderStates.SESSION_TOKEN;
import static dev.roster.pact.NimbleProviderStates.USER_DESCRIPTION;
import static dev.roster.pact.NimbleProviderStates.USER_ID;
import static dev.roster.pact.NimbleProviderStates.USER_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.dsl.DslPart;
import dev.roster.client.nimble.Condition;
import dev.roster.client.nimble.ListOptions;
import dev.roster.client.nimble.NimbleClient;
import dev.roster.client.nimble.NimbleException;
import dev.roster.client.nimble.NimbleLogInException;
import dev.roster.client.nimble.NimbleResponse;
import dev.roster.client.nimble.model.NimbleArray;
import dev.roster.client.nimble.model.NsUserRoles;
import dev.roster.client.nimble.model.Token;
import dev.roster.client.nimble.model.TokenFilter;
import dev.roster.client.nimble.model.TokenList;
import dev.roster.client.nimble.model.User;
import dev.roster.client.nimble.model.UserCreate;
import dev.roster.client.nimble.model.UserDetails;
import dev.roster.client.nimble.model.UserFilter;
import dev.roster.client.nimble.model.UserList;
import dev.roster.client.nimble.model.UserLockStatus;
import dev.roster.client.nimble.model.UserUpdate;
import dev.roster.client.nimble.model.Version;
import dev.roster.pact.NimbleExpectation.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the client expects of HPE Nimble Storage, and what it makes of it.
 *
 * <p>The update of the documentation's sample and the log-in are those of the documentation; no
 * other bodies of the array are published. This is the only class that writes this pact, as it
 * begins by removing the one of an earlier build.
 */
class NimblePactTest {

  private static final String USERS = "/v1/users";
  private static final String USERS_DETAIL = USERS + "/detail";
  private static final String USER = USERS + "/" + USER_ID;
  private static final String ADMINISTRATOR = USERS + "/" + ADMINISTRATOR_ID;
  private static final String TOKENS = "/v1/tokens";
  private static final String TOKENS_DETAIL = TOKENS + "/detail";

  private static final String NEW_USER_ID = "1000000000000004d3000000000000000000000004";

  private static final String SIXTY_THREE =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";

  /** The documented description, of 255 characters. */
  private static final String DESCRIPTION = SIXTY_THREE.repeat(4) + "345";

  private static final Map<String, String> NO_ARGUMENTS = Map.of();

  /** The operations on one user. */
  enum UserOperation {
    READ("Users_Read", "GET", "") {
      @Override
      NimbleResponse<?> call(NimbleClient client, String id) {
        return client.readUser(id);
      }
    },

    UPDATE("Users_Update", "PUT", "") {
      @Override
      NimbleResponse<?> call(NimbleClient client, String id) {
        return client.updateUser(id, new UserUpdate().description(DESCRIPTION));
      }
    },

    DELETE("Users_Delete", "DELETE", "") {
      @Override
      NimbleResponse<?> call(NimbleClient client, String id) {
        return client.deleteUser(id);
      }
    },

    UNLOCK("Users_Unlock", "POST", "/actions/unlock") {
      @Override
      NimbleResponse<?> call(NimbleClient client, String id) {
        return client.unlockUser(id);
      }
    };

    private final String operationId;
    private final String method;
    private final String action;

    UserOperation(String operationId, String method, String action) {
      this.operationId = operationId;
      this.method = method;
      this.action = action;
    }

    abstract NimbleResponse<?> call(NimbleClient client, String id);

    NimbleResponse<?> call(NimbleClient client) {
      return call(client, USER_ID);
    }

    NimbleExpectation in(String state, String description) {
      return on(USER_ID, NimbleExpectation.inSession(operationId, description)).given(state);
    }

    NimbleExpectation on(String id, NimbleExpectation expectation) {
      expectation.request(method, USERS + "/" + id + action);
      return switch (this) {
        case READ, DELETE -> expectation;
        case UPDATE ->
            expectation.sending("{\"data\": {\"description\": \"%s\"}}".formatted(DESCRIPTION));
        case UNLOCK -> expectation.sending("{\"data\": {\"id\": \"%s\"}}".formatted(id));
      };
    }
  }

  /** The operations on one session. */
  enum TokenOperation {
    READ("Tokens_Read", "GET", "") {
      @Override
      NimbleResponse<?> call(NimbleClient client, String id) {
        return client.readToken(id);
      }
    },

    DELETE("Tokens_Delete", "DELETE", "") {
      @Override
      NimbleResponse<?> call(NimbleClient client, String id) {
        return client.logOut(id);
      }
    },

    REPORT_USER_DETAILS("Tokens_ReportUserDetails", "POST", "/actions/report_user_details") {
      @Override
      NimbleResponse<?> call(NimbleClient client, String id) {
        return client.reportUserDetails(id);
      }
    };

    private final String operationId;
    private final String method;
    private final String action;

    TokenOperation(String operationId, String method, String action) {
      this.operationId = operationId;
      this.method = method;
      this.action = action;
    }

    abstract NimbleResponse<?> call(NimbleClient client, String id);

    NimbleExpectation of(String id, String description) {
      NimbleExpectation expectation =
          NimbleExpectation.inSession(operationId, description)
              .given(NimbleProviderStates.ADMINISTRATOR)
              .request(method, TOKENS + "/" + id + action);
      return this == REPORT_USER_DETAILS
          ? expectation.sending("{\"data\": {\"id\": \"%s\"}}".formatted(id))
          : expectation;
    }
  }

  /** The operations on many users or sessions; the query asks for all of them. */
  enum ListOperation {
    LIST("Users_List", "GET", USERS) {
      @Override
      NimbleResponse<?> call(NimbleClient client, ListOptions options) {
        return client.listUsers(new UserFilter(), options);
      }
    },

    LIST_DETAIL("Users_ListDetail", "GET", USERS_DETAIL) {
      @Override
      NimbleResponse<?> call(NimbleClient client, ListOptions options) {
        return client.listUsersDetail(new UserFilter(), options);
      }
    },

    QUERY_DETAIL("Users_QueryDetail", "POST", USERS_DETAIL) {
      @Override
      NimbleResponse<?> call(NimbleClient client, ListOptions options) {
        return client.queryUsers(and(), options);
      }
    },

    LIST_TOKENS("Tokens_List", "GET", TOKENS) {
      @Override
      NimbleResponse<?> call(NimbleClient client, ListOptions options) {
        return client.listTokens(new TokenFilter(), options);
      }
    },

    LIST_TOKENS_DETAIL("Tokens_ListDetail", "GET", TOKENS_DETAIL) {
      @Override
      NimbleResponse<?> call(NimbleClient client, ListOptions options) {
        return client.listTokensDetail(new TokenFilter(), options);
      }
    },

    QUERY_TOKENS_DETAIL("Tokens_QueryDetail", "POST", TOKENS_DETAIL) {
      @Override
      NimbleResponse<?> call(NimbleClient client, ListOptions options) {
        return client.queryTokens(and(), options);
      }
    };

    private final String operationId;
    private final String method;
    private final String path;

    ListOperation(String operationId, String method, String path) {
      this.operationId = operationId;
      this.method = method;
      this.path = path;
    }

    abstract NimbleResponse<?> call(NimbleClient client, ListOptions options);

    NimbleExpectation in(String state, String description) {
      NimbleExpectation expectation =
          NimbleExpectation.inSession(operationId, description).given(state).request(method, path);
      return method.equals("POST") ? expectation.sending(query("")) : expectation;
    }
  }

  @BeforeAll
  static void forgetEarlierPacts() throws IOException {
    Pacts.forget(ProvenApi.NIMBLE);
  }

  // --- Users_Update

  @Test
  void updatesTheUserOfTheDocumentedSample() {
    NimbleResponse<User> answer =
        update("updates the documented user")
            .given(NimbleProviderStates.USER)
            .sending("{\"data\": {\"description\": \"%s\"}}".formatted(DESCRIPTION))
            .answer(200)
            .body(modified(data(sampleUser(DESCRIPTION))).build())
            .met(c -> c.updateUser(USER_ID, new UserUpdate().description(DESCRIPTION)));

    assertThat(DESCRIPTION).hasSize(255);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value())
        .isEqualTo(
            new User()
                .id("1000000000000004d3000000000000000000000003")
                .name("user729060021")
                .searchName(" (user729060021)")
                .description(DESCRIPTION)
                .roleId("1500000000000004d3000000000000000000000004")
                .role(NsUserRoles.GUEST)
                .inactivityTimeout(0L)
                .creationTime(1426801551L)
                .lastModified(1426801552L)
                .fullName("")
                .emailAddr("")
                .disabled(false)
                .lastLogin(0L)
                .lastLogout(0L)
                .loggedIn(false));
  }

  @Test
  void updatesEverythingOfUser() {
    User user =
        update("updates everything of a user but the password")
            .given(NimbleProviderStates.USER)
            .sending(
                """
                {"data": {"id": "%s", "name": "bob", "description": "Backup", "role": "operator",
                  "inactivity_timeout": 60, "full_name": "User-13 Peterson",
                  "email_addr": "bob@wikipedia.com", "disabled": true}}
                """
                    .formatted(USER_ID))
            .answer(200)
            .body(
                modified(
                        data(
                            """
                            "id": "%s", "name": "bob", "search_name": "User-13 Peterson (bob)",
                            "description": "Backup",
                            "role_id": "1500000000000004d3000000000000000000000003",
                            "role": "operator", "inactivity_timeout": 60,
                            "creation_time": 1426801551, "last_modified": 1426801552,
                            "full_name": "User-13 Peterson", "email_addr": "bob@wikipedia.com",
                            "disabled": true, "last_login": 0, "last_logout": 0,
                            "logged_in": false
                            """
                                .formatted(USER_ID)))
                    .build())
            .met(
                c ->
                    c.updateUser(
                        USER_ID,
                        new UserUpdate()
                            .id(USER_ID)
                            .name("bob")
                            .description("Backup")
                            .role(NsUserRoles.OPERATOR)
                            .inactivityTimeout(60L)
                            .fullName("User-13 Peterson")
                            .emailAddr("bob@wikipedia.com")
                            .disabled(true)))
            .value();

    assertThat(user.getName()).isEqualTo("bob");
    assertThat(user.getSearchName()).isEqualTo("User-13 Peterson (bob)");
    assertThat(user.getRole()).isEqualTo(NsUserRoles.OPERATOR);
    assertThat(user.getDisabled()).isTrue();
  }

  @Test
  void whatIsNotSetIsKept() {
    User user =
        update("changes nothing of a user")
            .given(NimbleProviderStates.USER)
            .sending("{\"data\": {}}")
            .answer(200)
            .body(data(untouchedUser()))
            .met(c -> c.updateUser(USER_ID, new UserUpdate()))
            .value();

    assertThat(user.getDescription()).isEqualTo(USER_DESCRIPTION);
    assertThat(user.getLastModified()).isEqualTo(user.getCreationTime());
  }

  @Test
  void descriptionCanBeMadeEmpty() {
    User user =
        update("removes the description of a user")
            .given(NimbleProviderStates.USER)
            .sending("{\"data\": {\"description\": \"\"}}")
            .answer(200)
            .body(modified(data(sampleUser(""))).build())
            .met(c -> c.updateUser(USER_ID, new UserUpdate().description("")))
            .value();

    assertThat(user.getDescription()).isEmpty();
  }

  @Test
  void administratorSetsPasswordOfUser() {
    NimbleResponse<User> answer =
        update("sets the password of a user")
            .given(NimbleProviderStates.USER)
            .sending(passwords("password-92", "admin"))
            .answer(200)
            .body(modified(data(sampleUser(USER_DESCRIPTION))).build())
            .met(c -> setPassword(c, "password-92", "admin"));

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void userChangesOwnPassword() {
    User user =
        NimbleExpectation.inSession("Users_Update", "changes one's own password", Caller.USER)
            .given(NimbleProviderStates.USER_LOGGED_IN)
            .request("PUT", USER)
            .sending(passwords("password-92", "password-91"))
            .answer(200)
            .body(
                modified(
                        data(
                            sampleUser(USER_DESCRIPTION)
                                .replace("\"logged_in\": false", "\"logged_in\": true")))
                    .build())
            .met(c -> setPassword(c, "password-92", "password-91"))
            .value();

    assertThat(user.getLoggedIn()).isTrue();
  }

  @Test
  void passwordIsNotSetWithoutAuthorizationPassword() {
    Map<String, String> arguments = Map.of("arg", "auth_password");
    NimbleException refusal =
        update("sets a password without an authorization password")
            .given(NimbleProviderStates.USER)
            .sending("{\"data\": {\"password\": \"password-92\"}}")
            .error(400, "SM_missing_arg", "The argument 'auth_password' is missing.", arguments)
            .refused(c -> c.updateUser(USER_ID, new UserUpdate().password("password-92")));

    assertRefusal(
        refusal, 400, "SM_missing_arg", "The argument 'auth_password' is missing.", arguments);
    assertThat(refusal.argument("arg")).contains("auth_password");
  }

  @Test
  void passwordIsNotSetWithAnotherAuthorizationPassword() {
    String text = "auth_password is not the present password of the session's user.";
    NimbleException refusal =
        update("sets a password with another authorization password")
            .given(NimbleProviderStates.USER)
            .sending(passwords("password-92", "password-91"))
            .error(403, "SM_auth", text, NO_ARGUMENTS)
            .refused(c -> setPassword(c, "password-92", "password-91"));

    assertRefusal(refusal, 403, "SM_auth", text, NO_ARGUMENTS);
    assertThat(refusal.isForbidden()).isTrue();
    assertThat(refusal.isUnauthorized()).isFalse();
  }

  @Test
  void presentPasswordIsRefused() {
    String text = "The password is the present one; choose another.";
    NimbleException refusal =
        update("sets the password that a user has")
            .given(NimbleProviderStates.USER)
            .sending(passwords("password-91", "admin"))
            .error(409, "SM_passwd_same_as_current", text, NO_ARGUMENTS)
            .refused(c -> setPassword(c, "password-91", "admin"));

    assertRefusal(refusal, 409, "SM_passwd_same_as_current", text, NO_ARGUMENTS);
  }

  @Test
  void nameOfAnotherUserIsRefused() {
    Map<String, String> arguments = Map.of("name", "admin");
    NimbleException refusal =
        update("gives a user the name of another")
            .given(NimbleProviderStates.USER)
            .sending("{\"data\": {\"name\": \"admin\"}}")
            .error(409, "SM_eexist", "Object exists.", arguments)
            .refused(c -> c.updateUser(USER_ID, new UserUpdate().name("admin")));

    assertRefusal(refusal, 409, "SM_eexist", "Object exists.", arguments);
    assertThat(refusal.isConflict()).isTrue();
  }

  @Test
  void nameOfTheSystemIsRefused() {
    Map<String, String> arguments = Map.of("arg", "name", "value", "root");
    NimbleException refusal =
        update("gives a user a name of the system")
            .given(NimbleProviderStates.USER)
            .sending("{\"data\": {\"name\": \"root\"}}")
            .error(400, "SM_reserved_username", RESERVED, arguments)
            .refused(c -> c.updateUser(USER_ID, new UserUpdate().name("root")));

    assertRefusal(refusal, 400, "SM_reserved_username", RESERVED, arguments);
  }

  @Test
  void builtInAdministratorKeepsName() {
    String text = "The built-in administrator keeps its name and role and cannot be disabled.";
    NimbleException refusal =
        NimbleExpectation.inSession("Users_Update", "renames the built-in administrator")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("PUT", ADMINISTRATOR)
            .sending("{\"data\": {\"name\": \"bob\"}}")
            .error(403, "SM_eperm", text, NO_ARGUMENTS)
            .refused(c -> c.updateUser(ADMINISTRATOR_ID, new UserUpdate().name("bob")));

    assertRefusal(refusal, 403, "SM_eperm", text, NO_ARGUMENTS);
  }

  @Test
  void guestDoesNotChangeOthers() {
    String text = "Only administrators may change other users.";
    NimbleException refusal =
        NimbleExpectation.inSession("Users_Update", "changes another user", Caller.USER)
            .given(NimbleProviderStates.USER_LOGGED_IN)
            .request("PUT", ADMINISTRATOR)
            .sending("{\"data\": {\"description\": \"Backup\"}}")
            .error(403, "SM_eperm", text, NO_ARGUMENTS)
            .refused(c -> c.updateUser(ADMINISTRATOR_ID, new UserUpdate().description("Backup")));

    assertRefusal(refusal, 403, "SM_eperm", text, NO_ARGUMENTS);
  }

  @Test
  void guestDoesNotChangeOwnRole() {
    String text = "Only administrators may change name, role, disabled and inactivity_timeout.";
    NimbleException refusal =
        NimbleExpectation.inSession("Users_Update", "changes one's own role", Caller.USER)
            .given(NimbleProviderStates.USER_LOGGED_IN)
            .request("PUT", USER)
            .sending("{\"data\": {\"role\": \"administrator\"}}")
            .error(403, "SM_eperm", text, NO_ARGUMENTS)
            .refused(c -> c.updateUser(USER_ID, new UserUpdate().role(NsUserRoles.ADMINISTRATOR)));

    assertRefusal(refusal, 403, "SM_eperm", text, NO_ARGUMENTS);
  }

  static Stream<Arguments> faultyUpdates() {
    return Stream.of(
        faultyUpdate("name", "1bob", new UserUpdate().name("1bob"), NAME_FORM),
        faultyUpdate(
            "description",
            "d".repeat(256),
            "d".repeat(255) + "...",
            new UserUpdate().description("d".repeat(256)),
            "up to 255 printable ASCII characters"),
        faultyUpdate(
            "role",
            "unknown_default_open_api",
            new UserUpdate().role(NsUserRoles.UNKNOWN_DEFAULT_OPEN_API),
            "administrator, poweruser, operator or guest"),
        faultyUpdate(
            "full_name",
            "13",
            new UserUpdate().fullName("13"),
            "empty, or up to 64 letters, digits, blanks, apostrophes and hyphens, a letter first"),
        faultyUpdate(
            "email_addr",
            "bob",
            new UserUpdate().emailAddr("bob"),
            "empty, or an e-mail address of up to 254 characters"),
        faultyUpdate(
            "id", ADMINISTRATOR_ID, new UserUpdate().id(ADMINISTRATOR_ID), "the id of the path"));
  }

  private static Arguments faultyUpdate(
      String member, String value, UserUpdate changes, String expected) {
    return faultyUpdate(member, value, value, changes, expected);
  }

  private static Arguments faultyUpdate(
      String member, String value, String repeated, UserUpdate changes, String expected) {
    return Arguments.of(
        member,
        "{\"data\": {\"%s\": \"%s\"}}".formatted(member, value),
        repeated,
        changes,
        expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultyUpdates")
  void faultyUpdateIsRefused(
      String member, String json, String repeated, UserUpdate changes, String expected) {
    String text = invalid(member, expected);
    Map<String, String> arguments = Map.of("arg", member, "value", repeated);
    NimbleException refusal =
        update("updates a user with a faulty " + member)
            .given(NimbleProviderStates.USER)
            .sending(json)
            .error(400, "SM_invalid_arg_value", text, arguments)
            .refused(c -> c.updateUser(USER_ID, changes));

    assertRefusal(refusal, 400, "SM_invalid_arg_value", text, arguments);
  }

  // --- Users_Create

  @Test
  void createsUser() {
    NimbleResponse<User> answer =
        create("creates a user")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .sending(
                """
                {"data": {"name": "bob", "password": "password-91", "role": "guest",
                  "disabled": false, "inactivity_timeout": 60}}
                """)
            .answer(201)
            .body(newUser("\"inactivity_timeout\": 60"))
            .met(
                c ->
                    c.createUser(
                        bob().role(NsUserRoles.GUEST).disabled(false).inactivityTimeout(60L)));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.value().getId()).isEqualTo(NEW_USER_ID);
    assertThat(answer.value().getInactivityTimeout()).isEqualTo(60);
  }

  @Test
  void createsUserWithNothingButNameAndPassword() {
    User user =
        create("creates a user with nothing but a name and a password")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .sending("{\"data\": {\"name\": \"bob\", \"password\": \"password-91\"}}")
            .answer(201)
            .body(newUser("\"inactivity_timeout\": 0"))
            .met(c -> c.createUser(bob()))
            .value();

    assertThat(user.getRole()).isEqualTo(NsUserRoles.GUEST);
    assertThat(user.getDescription()).isEmpty();
    assertThat(user.getDisabled()).isFalse();
  }

  @Test
  void userIsNotCreatedTwice() {
    Map<String, String> arguments = Map.of("name", USER_NAME);
    NimbleException refusal =
        create("creates a user whose name is taken")
            .given(NimbleProviderStates.USER)
            .sending(
                "{\"data\": {\"name\": \"%s\", \"password\": \"password-91\"}}"
                    .formatted(USER_NAME))
            .error(409, "SM_eexist", "Object exists.", arguments)
            .refused(c -> c.createUser(bob().name(USER_NAME)));

    assertRefusal(refusal, 409, "SM_eexist", "Object exists.", arguments);
    assertThat(refusal.hasCode("SM_http_conflict")).isTrue();
  }

  @Test
  void userOfNameOfTheSystemIsNotCreated() {
    Map<String, String> arguments = Map.of("arg", "name", "value", "root");
    NimbleException refusal =
        create("creates a user with a name of the system")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .sending("{\"data\": {\"name\": \"root\", \"password\": \"password-91\"}}")
            .error(400, "SM_reserved_username", RESERVED, arguments)
            .refused(c -> c.createUser(bob().name("root")));

    assertRefusal(refusal, 400, "SM_reserved_username", RESERVED, arguments);
  }

  @Test
  void userWithFaultyNameIsNotCreated() {
    Map<String, String> arguments = Map.of("arg", "name", "value", "user-1");
    NimbleException refusal =
        create("creates a user with a faulty name")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .sending("{\"data\": {\"name\": \"user-1\", \"password\": \"password-91\"}}")
            .error(400, "SM_invalid_arg_value", invalid("name", NAME_FORM), arguments)
            .refused(c -> c.createUser(bob().name("user-1")));

    assertRefusal(refusal, 400, "SM_invalid_arg_value", invalid("name", NAME_FORM), arguments);
  }

  /** The client sends null, which is no value of the member. */
  @Test
  void userWithoutNameIsNotCreated() {
    Map<String, String> arguments = Map.of("arg", "name", "value", "null");
    NimbleException refusal =
        create("creates a user without a name")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .sending("{\"data\": {\"name\": null, \"password\": \"password-91\"}}")
            .error(400, "SM_invalid_arg_value", invalid("name", NAME_FORM), arguments)
            .refused(c -> c.createUser(bob().name(null)));

    assertRefusal(refusal, 400, "SM_invalid_arg_value", invalid("name", NAME_FORM), arguments);
  }

  @Test
  void oneUserTooManyIsNotCreated() {
    String text = "There are 3 users, and no more are allowed.";
    NimbleException refusal =
        create("creates one user too many")
            .given(NimbleProviderStates.FULL)
            .sending("{\"data\": {\"name\": \"bob\", \"password\": \"password-91\"}}")
            .error(409, "SM_too_many", text, NO_ARGUMENTS)
            .refused(c -> c.createUser(bob()));

    assertRefusal(refusal, 409, "SM_too_many", text, NO_ARGUMENTS);
  }

  @Test
  void guestDoesNotCreateUsers() {
    NimbleException refusal =
        NimbleExpectation.inSession("Users_Create", "creates a user as a guest", Caller.USER)
            .given(NimbleProviderStates.USER_LOGGED_IN)
            .request("POST", USERS)
            .sending("{\"data\": {\"name\": \"bob\", \"password\": \"password-91\"}}")
            .error(403, "SM_eperm", ADMINISTRATORS_ONLY, NO_ARGUMENTS)
            .refused(c -> c.createUser(bob()));

    assertRefusal(refusal, 403, "SM_eperm", ADMINISTRATORS_ONLY, NO_ARGUMENTS);
  }

  /** The client asks for the details in its queries; scripts of others do not. */
  @Test
  void queriesIdsAndNamesOfUsersByHand() {
    HttpResponse<String> answer =
        NimbleExpectation.of("Users_Create", "queries ids and names of users")
            .inSession()
            .given(NimbleProviderStates.USER)
            .request("POST", USERS)
            .sending(query(GUESTS))
            .answer(200)
            .body(page("{\"id\": \"%s\", \"name\": \"%s\"}".formatted(USER_ID, USER_NAME), 0, 1, 1))
            .metBy(endpoint -> byHand(endpoint + USERS, query(GUESTS)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(USER_NAME);
  }

  // --- Users_Read

  @Test
  void readsUser() {
    NimbleResponse<User> answer =
        UserOperation.READ
            .in(NimbleProviderStates.USER, "reads a user")
            .answer(200)
            .body(data(untouchedUser()))
            .met(c -> c.readUser(USER_ID));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value().getId()).isEqualTo(USER_ID);
    assertThat(answer.value().getName()).isEqualTo(USER_NAME);
    assertThat(answer.value().getDescription()).isEqualTo(USER_DESCRIPTION);
    assertThat(answer.value().getCreationTime()).isEqualTo(1426801551);
  }

  @Test
  void readsSomeMembersOfUser() {
    User user =
        UserOperation.READ
            .in(NimbleProviderStates.USER_LOGGED_IN, "reads two members of a user")
            .query("fields", "name,logged_in")
            .answer(200)
            .body(data("\"name\": \"%s\", \"logged_in\": true".formatted(USER_NAME)))
            .met(c -> c.readUser(USER_ID, "name,logged_in"))
            .value();

    assertThat(user).isEqualTo(new User().name(USER_NAME).loggedIn(true));
  }

  @Test
  void unknownMemberOfUserIsRefused() {
    Map<String, String> arguments = Map.of("param", "fields", "value", "age");
    NimbleException refusal =
        UserOperation.READ
            .in(NimbleProviderStates.USER, "reads a member that users do not have")
            .query("fields", "age")
            .error(400, "SM_invalid_query_param", UNKNOWN_FIELD, arguments)
            .refused(c -> c.readUser(USER_ID, "age"));

    assertRefusal(refusal, 400, "SM_invalid_query_param", UNKNOWN_FIELD, arguments);
  }

  // --- Users_Delete, Users_Unlock

  @Test
  void deletesUser() {
    NimbleResponse<Void> answer =
        UserOperation.DELETE
            .in(NimbleProviderStates.USER, "deletes a user")
            .answer(200)
            .body("{}")
            .met(c -> c.deleteUser(USER_ID));

    assertThat(answer).isEqualTo(new NimbleResponse<>(null, 200));
  }

  @Test
  void builtInAdministratorIsNotDeleted() {
    String text = "The built-in administrator cannot be deleted.";
    NimbleException refusal =
        UserOperation.DELETE
            .on(
                ADMINISTRATOR_ID,
                NimbleExpectation.inSession("Users_Delete", "deletes the built-in administrator"))
            .given(NimbleProviderStates.ADMINISTRATOR)
            .error(403, "SM_eperm", text, NO_ARGUMENTS)
            .refused(c -> c.deleteUser(ADMINISTRATOR_ID));

    assertRefusal(refusal, 403, "SM_eperm", text, NO_ARGUMENTS);
  }

  @Test
  void unlocksUser() {
    NimbleResponse<UserLockStatus> answer =
        UserOperation.UNLOCK
            .in(NimbleProviderStates.LOCKED_USER, "unlocks a user")
            .answer(200)
            .body(data("\"id\": \"%s\", \"auth_lock\": false".formatted(USER_ID)))
            .met(c -> c.unlockUser(USER_ID));

    assertThat(answer)
        .isEqualTo(new NimbleResponse<>(new UserLockStatus().id(USER_ID).authLock(false), 200));
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETE", "UNLOCK"})
  void guestIsRefused(UserOperation operation) {
    NimbleException refusal =
        operation
            .on(
                USER_ID,
                NimbleExpectation.inSession(
                    operation.operationId,
                    operation.operationId + " is refused to a guest",
                    Caller.USER))
            .given(NimbleProviderStates.USER_LOGGED_IN)
            .error(403, "SM_eperm", ADMINISTRATORS_ONLY, NO_ARGUMENTS)
            .refused(operation::call);

    assertRefusal(refusal, 403, "SM_eperm", ADMINISTRATORS_ONLY, NO_ARGUMENTS);
  }

  // --- Refusals of all operations on one user

  @ParameterizedTest
  @EnumSource
  void unknownUserIsRefused(UserOperation operation) {
    Map<String, String> arguments = Map.of("id", USER_ID);
    NimbleException refusal =
        operation
            .in(
                NimbleProviderStates.ADMINISTRATOR,
                operation.operationId + " is refused as there is no such user")
            .error(404, "SM_enoent", "No such object.", arguments)
            .refused(operation::call);

    assertRefusal(refusal, 404, "SM_enoent", "No such object.", arguments);
    assertThat(refusal.isNotFound()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoIdIsRefused(UserOperation operation) {
    Map<String, String> arguments = Map.of("id", "bob");
    NimbleException refusal =
        operation
            .on(
                "bob",
                NimbleExpectation.inSession(
                    operation.operationId, operation.operationId + " is refused of what is no id"))
            .given(NimbleProviderStates.ADMINISTRATOR)
            .error(400, "SM_invalid_path_variable", NO_ID, arguments)
            .refused(c -> operation.call(c, "bob"));

    assertRefusal(refusal, 400, "SM_invalid_path_variable", NO_ID, arguments);
  }

  /** The client logs in anew and repeats the request; then it gives up. */
  @ParameterizedTest
  @EnumSource
  void deadSessionIsRefused(UserOperation operation) {
    String text = "X-Auth-Token names no live session. Log in at v1/tokens.";
    NimbleException refusal =
        operation
            .in(
                NimbleProviderStates.NO_SESSION,
                operation.operationId + " is refused in a dead session")
            .error(401, "SM_auth", text, NO_ARGUMENTS)
            .refused(operation::call);

    assertRefusal(refusal, 401, "SM_auth", text, NO_ARGUMENTS);
    assertThat(refusal.isUnauthorized()).isTrue();
    assertThat(refusal).isNotInstanceOf(NimbleLogInException.class);
  }

  // --- Users_List, Users_ListDetail, Users_QueryDetail

  @Test
  void listsUsersPageByPage() {
    List<User> users =
        ListOperation.LIST
            .in(NimbleProviderStates.USER, "lists the first page of the users")
            .query("pageSize", "1")
            .answer(200)
            .body(page(brief(ADMINISTRATOR_ID, "admin"), 0, 1, 2))
            .then(
                ListOperation.LIST
                    .in(NimbleProviderStates.USER, "lists the last page of the users")
                    .query("pageSize", "1")
                    .query("startRow", "1")
                    .answer(200)
                    .body(page(brief(USER_ID, USER_NAME), 1, 2, 2)))
            .met(c -> listed(c.listAllUsers(new UserFilter(), ListOptions.none().pageSize(1))));

    assertThat(users)
        .containsExactly(
            new User().id(ADMINISTRATOR_ID).name("admin"), new User().id(USER_ID).name(USER_NAME));
  }

  @Test
  void listsUsersInReversedOrder() {
    UserList users =
        ListOperation.LIST
            .in(NimbleProviderStates.USER, "lists the users in the reversed order of their names")
            .query("sortBy", "-name")
            .answer(200)
            .body(
                page(brief(USER_ID, USER_NAME) + ", " + brief(ADMINISTRATOR_ID, "admin"), 0, 2, 2))
            .met(c -> c.listUsers(new UserFilter(), ListOptions.none().sortBy("-name")))
            .value();

    assertThat(users.getData()).extracting(User::getName).containsExactly(USER_NAME, "admin");
    assertThat(users.getTotalRows()).isEqualTo(2);
  }

  @Test
  void listsUsersByValuesOfMembers() {
    UserList users =
        ListOperation.LIST_DETAIL
            .in(NimbleProviderStates.USER, "lists the guests who are not disabled")
            .query("role", "guest")
            .query("inactivity_timeout", "0")
            .query("disabled", "false")
            .answer(200)
            .body(page("{%s}".formatted(untouchedUser()), 0, 1, 1))
            .met(
                c ->
                    c.listUsersDetail(
                        new UserFilter().role("guest").inactivityTimeout(0L).disabled(false),
                        ListOptions.none()))
            .value();

    assertThat(users.getData())
        .singleElement()
        .returns(USER_ID, User::getId)
        .returns(USER_DESCRIPTION, User::getDescription);
  }

  @Test
  void listsSomeMembersOfUsers() {
    UserList users =
        ListOperation.LIST_DETAIL
            .in(NimbleProviderStates.USER, "lists two members of the first user")
            .query("fields", "name,role")
            .query("startRow", "0")
            .query("endRow", "1")
            .query("iSortBy", "name")
            .answer(200)
            .body(page("{\"name\": \"admin\", \"role\": \"administrator\"}", 0, 1, 2))
            .met(
                c ->
                    c.listUsersDetail(
                        new UserFilter(),
                        ListOptions.none()
                            .fields("name,role")
                            .startRow(0)
                            .endRow(1)
                            .iSortBy("name")))
            .value();

    assertThat(users.getData())
        .containsExactly(new User().name("admin").role(NsUserRoles.ADMINISTRATOR));
    assertThat(users.getEndRow()).isEqualTo(1);
    assertThat(users.getTotalRows()).isEqualTo(2);
  }

  @Test
  void findsUserOfName() {
    NimbleResponse<Optional<User>> answer =
        ListOperation.LIST_DETAIL
            .in(NimbleProviderStates.USER, "finds the user of a name")
            .query("name", USER_NAME)
            .answer(200)
            .body(page("{%s}".formatted(untouchedUser()), 0, 1, 1))
            .met(c -> c.findUser(USER_NAME));

    assertThat(answer.value()).map(User::getId).contains(USER_ID);
  }

  @Test
  void findsNoUserOfName() {
    NimbleResponse<Optional<User>> answer =
        ListOperation.LIST_DETAIL
            .in(NimbleProviderStates.USER, "finds no user of a name")
            .query("name", "bob")
            .answer(200)
            .body(page("", 0, 0, 0))
            .met(c -> c.findUser("bob"));

    assertThat(answer).isEqualTo(new NimbleResponse<>(Optional.empty(), 200));
  }

  @Test
  void queriesUsers() {
    String criteria =
        """
        {"operator": "iContains", "fieldName": "name", "value": "USER"},
        {"operator": "inSet", "fieldName": "role", "values": ["guest", "operator"]},
        {"operator": "or", "criteria": [
          {"operator": "lessThan", "fieldName": "creation_time", "value": 1426801552},
          {"operator": "equals", "fieldName": "disabled", "value": true}]}
        """;
    UserList users =
        ListOperation.QUERY_DETAIL
            .in(NimbleProviderStates.USER, "queries users")
            .sending(query(criteria))
            .answer(200)
            .body(page("{%s}".formatted(untouchedUser()), 0, 1, 1))
            .met(
                c ->
                    c.queryUsers(
                        and(
                            iContains("name", "USER"),
                            inSet("role", NsUserRoles.GUEST, NsUserRoles.OPERATOR),
                            Condition.or(
                                Condition.lessThan("creation_time", 1426801552),
                                equalTo("disabled", true))),
                        ListOptions.none()))
            .value();

    assertThat(users.getData()).extracting(User::getId).containsExactly(USER_ID);
  }

  @Test
  void queriesSomeMembersOfUsers() {
    UserList users =
        ListOperation.QUERY_DETAIL
            .in(NimbleProviderStates.USER, "queries the names of the last page of all users")
            .query("fields", "name")
            .query("startRow", "1")
            .query("pageSize", "1")
            .query("sortBy", "name")
            .answer(200)
            .body(page("{\"name\": \"%s\"}".formatted(USER_NAME), 1, 2, 2))
            .met(
                c ->
                    c.queryUsers(
                        and(),
                        ListOptions.none().fields("name").startRow(1).pageSize(1).sortBy("name")))
            .value();

    assertThat(users.getData()).containsExactly(new User().name(USER_NAME));
  }

  static Stream<Arguments> faultyWindows() {
    return Stream.of(
            new FaultyWindow(
                "pages without any rows",
                Map.of("pageSize", "0"),
                ListOptions.none().pageSize(0),
                "SM_invalid_query_param",
                "The value of the query parameter 'pageSize' is not valid: it has to be a whole"
                    + " number above zero.",
                Map.of("param", "pageSize", "value", "0")),
            new FaultyWindow(
                "the order of a member that there is not",
                Map.of("sortBy", "age"),
                ListOptions.none().sortBy("age"),
                "SM_invalid_query_param",
                "The value of the query parameter 'sortBy' is not valid: it has to be a member of"
                    + " the objects.",
                Map.of("param", "sortBy", "value", "age")),
            new FaultyWindow(
                "too large pages",
                Map.of("pageSize", "1025"),
                ListOptions.none().pageSize(1025),
                "SM_too_large_page_size",
                "pageSize 1025 is larger than 1024.",
                NO_ARGUMENTS),
            new FaultyWindow(
                "an end before the start",
                Map.of("startRow", "2", "endRow", "1"),
                ListOptions.none().startRow(2).endRow(1),
                "SM_start_row_beyond_end_row",
                "startRow 2 is beyond endRow 1.",
                NO_ARGUMENTS),
            new FaultyWindow(
                "a start beyond the last row",
                Map.of("startRow", "2"),
                ListOptions.none().startRow(2),
                "SM_start_row_beyond_total_rows",
                "startRow 2 is beyond the last of 2 rows.",
                NO_ARGUMENTS))
        .flatMap(
            window ->
                Stream.of(ListOperation.values())
                    .map(operation -> Arguments.of(operation, window)));
  }

  /** Options that the array refuses. */
  record FaultyWindow(
      String fault,
      Map<String, String> query,
      ListOptions options,
      String code,
      String text,
      Map<String, String> arguments) {

    @Override
    public String toString() {
      return fault;
    }
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("faultyWindows")
  void faultyWindowIsRefused(ListOperation operation, FaultyWindow window) {
    NimbleExpectation expectation =
        operation.in(
            NimbleProviderStates.BOTH_LOGGED_IN,
            operation.operationId + " is refused of " + window.fault());
    window.query().forEach(expectation::query);
    NimbleException refusal =
        expectation
            .error(400, window.code(), window.text(), window.arguments())
            .refused(c -> operation.call(c, window.options()));

    assertRefusal(refusal, 400, window.code(), window.text(), window.arguments());
  }

  static Stream<Arguments> faultyConditions() {
    return Stream.of(
            new FaultyCondition(
                "a part of a number",
                "{\"operator\": \"contains\", \"fieldName\": \"creation_time\", \"value\": \"7\"}",
                contains("creation_time", "7"),
                "SM_unsupported_query_operator",
                "'creation_time' cannot be compared by 'contains'.",
                Map.of("fieldName", "creation_time", "operator", "contains")),
            new FaultyCondition(
                "a member that there is not",
                "{\"operator\": \"equals\", \"fieldName\": \"age\", \"value\": 7}",
                equalTo("age", 7),
                "SM_unexpected_object_set_query",
                "The objects of this set have no 'age'.",
                Map.of("fieldName", "age")),
            new FaultyCondition(
                "a number that is none",
                "{\"operator\": \"equals\", \"fieldName\": \"creation_time\", \"value\":"
                    + " \"never\"}",
                equalTo("creation_time", "never"),
                "SM_invalid_object_set_query",
                "The value for 'creation_time' has to be a whole number.",
                NO_ARGUMENTS))
        .flatMap(
            condition ->
                Stream.of(
                    Arguments.of(
                        ListOperation.QUERY_DETAIL,
                        condition,
                        (Consumer<NimbleClient>)
                            c -> c.queryUsers(condition.condition(), ListOptions.none())),
                    Arguments.of(
                        ListOperation.QUERY_TOKENS_DETAIL,
                        condition,
                        (Consumer<NimbleClient>)
                            c -> c.queryTokens(condition.condition(), ListOptions.none()))));
  }

  /** A condition that the array refuses. */
  record FaultyCondition(
      String fault,
      String criterion,
      Condition condition,
      String code,
      String text,
      Map<String, String> arguments) {

    @Override
    public String toString() {
      return fault;
    }
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("faultyConditions")
  void faultyConditionIsRefused(
      ListOperation operation, FaultyCondition faulty, Consumer<NimbleClient> call) {
    NimbleException refusal =
        operation
            .in(
                NimbleProviderStates.BOTH_LOGGED_IN,
                operation.operationId + " is refused by " + faulty.fault())
            .sending(query(faulty.criterion()))
            .error(400, faulty.code(), faulty.text(), faulty.arguments())
            .refused(call);

    assertRefusal(refusal, 400, faulty.code(), faulty.text(), faulty.arguments());
  }

  // --- Tokens

  @Test
  void lockedUserDoesNotLogIn() {
    String text = "The user name or the password is wrong, or the user may not log in.";
    NimbleException refusal =
        NimbleExpectation.logIn(Caller.USER, "logs in as a user who is locked")
            .given(NimbleProviderStates.LOCKED_USER)
            .error(401, "SM_auth", text, NO_ARGUMENTS)
            .refused(NimbleClient::listUsers);

    assertRefusal(refusal, 401, "SM_auth", text, NO_ARGUMENTS);
    assertThat(refusal).isInstanceOf(NimbleLogInException.class);
  }

  @Test
  void oneSessionTooManyIsNotMade() {
    String text = "The user has 2 sessions. Delete some, or wait until they time out.";
    NimbleException refusal =
        NimbleExpectation.logIn(Caller.ADMINISTRATOR, "logs in once too often")
            .given(NimbleProviderStates.ALL_SESSIONS)
            .error(409, "SM_err_max_sessions_reached", text, NO_ARGUMENTS)
            .refused(NimbleClient::listUsers);

    assertRefusal(refusal, 409, "SM_err_max_sessions_reached", text, NO_ARGUMENTS);
    assertThat(refusal).isInstanceOf(NimbleLogInException.class);
  }

  @Test
  void nameOfAnApplicationThatIsNotAsciiIsRefused() {
    String text = invalid("app_name", "up to 255 printable ASCII characters");
    Map<String, String> arguments = Map.of("arg", "app_name", "value", "r\u00f4tation");
    NimbleException refusal =
        NimbleExpectation.of("Tokens_Create", "logs in with a faulty name of the application")
            .given(NimbleProviderStates.NO_SESSION)
            .request("POST", TOKENS)
            .sending(
                "{\"data\": {\"username\": \"admin\", \"password\": \"admin\","
                    + " \"app_name\": \"r\u00f4tation\"}}")
            .error(400, "SM_invalid_arg_value", text, arguments)
            .refused(
                endpoint ->
                    NimbleClient.builder()
                        .endpoint(endpoint)
                        .username("admin")
                        .password("admin")
                        .applicationName("r\u00f4tation")
                        .build(),
                NimbleClient::listUsers);

    assertRefusal(refusal, 400, "SM_invalid_arg_value", text, arguments);
  }

  /** The client asks for the details in its queries; scripts of others do not. */
  @Test
  void queriesIdsAndNamesOfTokensByHand() {
    String criterion =
        "{\"operator\": \"equals\", \"fieldName\": \"username\", \"value\": \"admin\"}";
    HttpResponse<String> answer =
        NimbleExpectation.of("Tokens_Create", "queries ids and user names of sessions")
            .inSession()
            .given(NimbleProviderStates.BOTH_LOGGED_IN)
            .request("POST", TOKENS)
            .sending(query(criterion))
            .answer(200)
            .body(page(briefToken(SESSION_ID, "admin"), 0, 1, 1))
            .metBy(endpoint -> byHand(endpoint + TOKENS, query(criterion)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(SESSION_ID);
  }

  @Test
  void listsSessions() {
    TokenList tokens =
        NimbleExpectation.inSession("Tokens_List", "lists the sessions")
            .given(NimbleProviderStates.BOTH_LOGGED_IN)
            .request("GET", TOKENS)
            .query("sortBy", "username")
            .answer(200)
            .body(
                page(
                    briefToken(SESSION_ID, "admin")
                        + ", "
                        + briefToken(OTHER_SESSION_ID, USER_NAME),
                    0,
                    2,
                    2))
            .met(c -> c.listTokens(new TokenFilter(), ListOptions.none().sortBy("username")))
            .value();

    assertThat(tokens.getData())
        .containsExactly(
            new Token().id(SESSION_ID).username("admin"),
            new Token().id(OTHER_SESSION_ID).username(USER_NAME));
  }

  @Test
  void findsSessionOfToken() {
    TokenList tokens =
        NimbleExpectation.inSession("Tokens_ListDetail", "finds the session of a token")
            .given(NimbleProviderStates.BOTH_LOGGED_IN)
            .request("GET", TOKENS_DETAIL)
            .query("session_token", SESSION_TOKEN)
            .answer(200)
            .body(modified(page("{%s}".formatted(ownToken()), 0, 1, 1)).build())
            .met(
                c ->
                    c.listTokensDetail(
                        new TokenFilter().sessionToken(SESSION_TOKEN), ListOptions.none()))
            .value();

    assertThat(tokens.getData())
        .singleElement()
        .returns(SESSION_ID, Token::getId)
        .returns(SESSION_TOKEN, Token::getSessionToken);
  }

  @Test
  void queriesSessionsWithoutTokensOfOthers() {
    TokenList tokens =
        NimbleExpectation.inSession("Tokens_QueryDetail", "queries the sessions of a user")
            .given(NimbleProviderStates.BOTH_LOGGED_IN)
            .request("POST", TOKENS_DETAIL)
            .sending(
                query(
                    "{\"operator\": \"equals\", \"fieldName\": \"username\", \"value\": \"%s\"}"
                        .formatted(USER_NAME)))
            .answer(200)
            .body(
                modified(page("{%s}".formatted(token(OTHER_SESSION_ID, "", USER_NAME)), 0, 1, 1))
                    .build())
            .met(c -> c.queryTokens(equalTo("username", USER_NAME), ListOptions.none()))
            .value();

    assertThat(tokens.getData())
        .singleElement()
        .returns(OTHER_SESSION_ID, Token::getId)
        .returns("", Token::getSessionToken);
  }

  @Test
  void readsOwnSession() {
    Token token =
        NimbleExpectation.inSession("Tokens_Read", "reads one's own session")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("GET", TOKENS + "/" + SESSION_ID)
            .answer(200)
            .body(modified(data(ownToken())).build())
            .met(NimbleClient::readOwnToken)
            .value();

    assertThat(token.getSessionToken()).isEqualTo(SESSION_TOKEN);
    assertThat(token.getUsername()).isEqualTo("admin");
    assertThat(token.getAppName()).isEqualTo("Rotation job");
    assertThat(token.getSourceIp()).isEqualTo("127.0.0.1");
    assertThat(token.getCreationTime()).isEqualTo(1426801551);
  }

  @ParameterizedTest
  @EnumSource
  void sessionThatHasEndedIsUnknown(TokenOperation operation) {
    Map<String, String> arguments = Map.of("id", OTHER_SESSION_ID);
    NimbleException refusal =
        operation
            .of(OTHER_SESSION_ID, operation.operationId + " is refused of a session that has ended")
            .error(404, "SM_enoent", "No such object.", arguments)
            .refused(c -> operation.call(c, OTHER_SESSION_ID));

    assertRefusal(refusal, 404, "SM_enoent", "No such object.", arguments);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoIdOfSessionIsRefused(TokenOperation operation) {
    Map<String, String> arguments = Map.of("id", "mine");
    NimbleException refusal =
        operation
            .of("mine", operation.operationId + " is refused of what is no id")
            .error(400, "SM_invalid_path_variable", NO_ID, arguments)
            .refused(c -> operation.call(c, "mine"));

    assertRefusal(refusal, 400, "SM_invalid_path_variable", NO_ID, arguments);
  }

  @Test
  void endsSessionOfUser() {
    NimbleResponse<Void> answer =
        NimbleExpectation.inSession("Tokens_Delete", "ends the session of a user")
            .given(NimbleProviderStates.BOTH_LOGGED_IN)
            .request("DELETE", TOKENS + "/" + OTHER_SESSION_ID)
            .answer(200)
            .body("{}")
            .met(c -> c.logOut(OTHER_SESSION_ID));

    assertThat(answer).isEqualTo(new NimbleResponse<>(null, 200));
  }

  @Test
  void tellsWhoIsLoggedIn() {
    UserDetails details =
        NimbleExpectation.inSession(
                "Tokens_ReportUserDetails", "asks who the user of one's own session is")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("POST", TOKENS + "/" + SESSION_ID + "/actions/report_user_details")
            .sending("{\"data\": {\"id\": \"%s\"}}".formatted(SESSION_ID))
            .answer(200)
            .body(
                data(
                    """
                    "user_name": "admin", "user_id": "%s", "role": "administrator",
                    "inactivity_timeout": 1800, "primary_group_id": "", "primary_group_name": "",
                    "group_count": 0, "groups": []
                    """
                        .formatted(ADMINISTRATOR_ID)))
            .met(NimbleClient::reportUserDetails)
            .value();

    assertThat(details)
        .isEqualTo(
            new UserDetails()
                .userName("admin")
                .userId(ADMINISTRATOR_ID)
                .role(NsUserRoles.ADMINISTRATOR)
                .inactivityTimeout(1800L)
                .primaryGroupId("")
                .primaryGroupName("")
                .groupCount(0)
                .groups(List.of()));
  }

  // --- Versions and arrays

  @Test
  void listsVersionsWithoutSession() {
    List<Version> versions =
        NimbleExpectation.of("Versions_List", "lists the versions")
            .given(NimbleProviderStates.NO_SESSION)
            .request("GET", "/versions")
            .answer(200)
            .body(VERSIONS)
            .met(NimbleClient::listVersions)
            .value()
            .getData();

    assertThat(versions).extracting(Version::getName).containsExactly("v1");
  }

  @Test
  void listsVersionsWithDetails() {
    List<Version> versions =
        NimbleExpectation.inSession("Versions_ListDetail", "lists the versions with details")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("GET", "/versions/detail")
            .answer(200)
            .body(VERSIONS)
            .met(NimbleClient::listVersionsDetail)
            .value()
            .getData();

    assertThat(versions).containsExactly(new Version().name("v1").softwareVersion("5.2.1.0-1-opt"));
  }

  static Stream<Arguments> otherPathsOfVersions() {
    return Stream.of(
        Arguments.of("Versions_ListInV1", "/v1/versions"),
        Arguments.of("Versions_ListDetailInV1", "/v1/versions/detail"));
  }

  /** The client uses the paths outside of v1; other clients use these. */
  @ParameterizedTest
  @MethodSource("otherPathsOfVersions")
  void listsVersionsAtAnotherPathByHand(String operationId, String path) {
    HttpResponse<String> answer =
        NimbleExpectation.of(operationId, "lists the versions at " + path)
            .given(NimbleProviderStates.NO_SESSION)
            .request("GET", path)
            .answer(200)
            .body(VERSIONS)
            .metBy(endpoint -> HttpRequest.newBuilder(URI.create(endpoint + path)).build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"v1\"");
  }

  @Test
  void listsTheArray() {
    List<NimbleArray> arrays =
        NimbleExpectation.inSession("Arrays_ListDetail", "lists the arrays")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("GET", "/v1/arrays/detail")
            .answer(200)
            .body(
                page(
                    """
                    {"id": "0900000000000004d3000000000000000000000001",
                     "name": "roster",
                     "full_name": "roster",
                     "search_name": "roster",
                     "status": "reachable",
                     "role": "leader",
                     "group_state": "initialized",
                     "pool_name": "default",
                     "pool_id": "0a00000000000004d3000000000000000000000001",
                     "model": "CS1000",
                     "serial": "AC-100001",
                     "version": "5.2.1.0-1-opt",
                     "is_sfa": false,
                     "creation_time": 1577836800,
                     "last_modified": 1577836800,
                     "usage_valid": true,
                     "usable_capacity_bytes": 10995116277760,
                     "usable_cache_capacity_bytes": 1099511627776,
                     "raw_capacity_bytes": 17592186044416,
                     "vol_usage_bytes": 1099511627776,
                     "vol_usage_uncompressed_bytes": 2199023255552,
                     "vol_compression": 2,
                     "vol_saved_bytes": 1099511627776,
                     "snap_usage_bytes": 1099511627776,
                     "snap_usage_uncompressed_bytes": 2199023255552,
                     "snap_compression": 2,
                     "snap_space_reduction": 2,
                     "snap_saved_bytes": 1099511627776,
                     "pending_delete_bytes": 0,
                     "available_bytes": 8796093022208,
                     "usage": 2199023255552,
                     "all_flash": false,
                     "dedupe_capacity_bytes": 10995116277760,
                     "dedupe_usage_bytes": 2199023255552,
                     "is_fully_dedupe_capable": true,
                     "extended_model": "CS1000-2P-12T-640F",
                     "is_supported_hw_config": true,
                     "gig_nic_port_count": 2,
                     "ten_gig_sfp_nic_port_count": 2,
                     "ten_gig_t_nic_port_count": 2,
                     "fc_port_count": 2,
                     "model_sub_type": "none"}
                    """,
                    0,
                    1,
                    1))
            .met(NimbleClient::listArrays)
            .value()
            .getData();

    assertThat(arrays).extracting(NimbleArray::getVersion).containsExactly("5.2.1.0-1-opt");
    assertThat(arrays).extracting(NimbleArray::getSerial).containsExactly("AC-100001");
    assertThat(arrays).extracting(NimbleArray::getUsableCapacityBytes).containsExactly(10L << 40);
  }

  private static final String ARRAY_ID = "0900000000000004d3000000000000000000000001";

  @Test
  void listsTheNameOfTheArray() {
    List<NimbleArray> arrays =
        NimbleExpectation.inSession("Arrays_List", "lists the names of the arrays")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("GET", "/v1/arrays")
            .answer(200)
            .body(page("{\"id\": \"%s\", \"name\": \"roster\"}".formatted(ARRAY_ID), 0, 1, 1))
            .met(NimbleClient::listArrayNames)
            .value()
            .getData();

    assertThat(arrays).containsExactly(new NimbleArray().id(ARRAY_ID).name("roster"));
  }

  @Test
  void readsTheArray() {
    NimbleArray array =
        NimbleExpectation.inSession("Arrays_Read", "reads the array")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("GET", "/v1/arrays/" + ARRAY_ID)
            .answer(200)
            .body(
                data(
                    """
                    "id": "0900000000000004d3000000000000000000000001",
                    "name": "roster",
                    "full_name": "roster",
                    "search_name": "roster",
                    "status": "reachable",
                    "role": "leader",
                    "group_state": "initialized",
                    "pool_name": "default",
                    "pool_id": "0a00000000000004d3000000000000000000000001",
                    "model": "CS1000",
                    "serial": "AC-100001",
                    "version": "5.2.1.0-1-opt",
                    "is_sfa": false,
                    "creation_time": 1577836800,
                    "last_modified": 1577836800,
                    "usage_valid": true,
                    "usable_capacity_bytes": 10995116277760,
                    "usable_cache_capacity_bytes": 1099511627776,
                    "raw_capacity_bytes": 17592186044416,
                    "vol_usage_bytes": 1099511627776,
                    "vol_usage_uncompressed_bytes": 2199023255552,
                    "vol_compression": 2,
                    "vol_saved_bytes": 1099511627776,
                    "snap_usage_bytes": 1099511627776,
                    "snap_usage_uncompressed_bytes": 2199023255552,
                    "snap_compression": 2,
                    "snap_space_reduction": 2,
                    "snap_saved_bytes": 1099511627776,
                    "pending_delete_bytes": 0,
                    "available_bytes": 8796093022208,
                    "usage": 2199023255552,
                    "all_flash": false,
                    "dedupe_capacity_bytes": 10995116277760,
                    "dedupe_usage_bytes": 2199023255552,
                    "is_fully_dedupe_capable": true,
                    "extended_model": "CS1000-2P-12T-640F",
                    "is_supported_hw_config": true,
                    "gig_nic_port_count": 2,
                    "ten_gig_sfp_nic_port_count": 2,
                    "ten_gig_t_nic_port_count": 2,
                    "fc_port_count": 2,
                    "model_sub_type": "none"
                    """))
            .met(c -> c.readArray(ARRAY_ID))
            .value();

    assertThat(array.getId()).isEqualTo(ARRAY_ID);
    assertThat(array.getSerial()).isEqualTo("AC-100001");
  }

  @Test
  void unknownArrayIsRefused() {
    Map<String, String> arguments = Map.of("id", USER_ID);
    NimbleException refusal =
        NimbleExpectation.inSession("Arrays_Read", "reads an array that is not there")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("GET", "/v1/arrays/" + USER_ID)
            .error(404, "SM_enoent", "No such object.", arguments)
            .refused(c -> c.readArray(USER_ID));

    assertRefusal(refusal, 404, "SM_enoent", "No such object.", arguments);
  }

  @Test
  void whatIsNoIdOfAnArrayIsRefused() {
    Map<String, String> arguments = Map.of("id", "roster");
    NimbleException refusal =
        NimbleExpectation.inSession("Arrays_Read", "reads what is no id of an array")
            .given(NimbleProviderStates.ADMINISTRATOR)
            .request("GET", "/v1/arrays/roster")
            .error(400, "SM_invalid_path_variable", NO_ID, arguments)
            .refused(c -> c.readArray("roster"));

    assertRefusal(refusal, 400, "SM_invalid_path_variable", NO_ID, arguments);
  }

  // --- Bodies

  private static final String VERSIONS =
      page("{\"name\": \"v1\", \"software_version\": \"5.2.1.0-1-opt\"}", 0, 1, 1);

  private static final String GUESTS =
      "{\"operator\": \"equals\", \"fieldName\": \"role\", \"value\": \"guest\"}";

  private static final String NAME_FORM = "1 to 32 letters and digits, a letter first";
  private static final String RESERVED = "The name 'root' is the system's own.";
  private static final String ADMINISTRATORS_ONLY = "Only administrators may manage users.";

  private static final String NO_ID = "The id in the path has to be 42 hexadecimal digits.";

  private static final String UNKNOWN_FIELD =
      "The value of the query parameter 'fields' is not valid: it has to be a member of the"
          + " objects.";

  private static String data(String members) {
    return "{\"data\": {%s}}".formatted(members);
  }

  private static String page(String rows, int startRow, int endRow, int totalRows) {
    return "{\"data\": [%s], \"startRow\": %d, \"endRow\": %d, \"totalRows\": %d}"
        .formatted(rows, startRow, endRow, totalRows);
  }

  /** A body whose objects may have been modified, or used, at any time. */
  private static JsonBody modified(String json) {
    return JsonBody.of(json).wholeNumber("last_modified");
  }

  /** The user of the sample after an update. */
  private static String sampleUser(String description) {
    return """
    "id": "%s", "name": "user729060021", "search_name": " (user729060021)",
    "description": "%s", "role_id": "1500000000000004d3000000000000000000000004",
    "role": "guest", "inactivity_timeout": 0, "creation_time": 1426801551,
    "last_modified": 1426801552, "full_name": "", "email_addr": "", "disabled": false,
    "last_login": 0, "last_logout": 0, "logged_in": false
    """
        .formatted(USER_ID, description);
  }

  /** The user of the sample as long as nobody changes it. */
  private static String untouchedUser() {
    return sampleUser(USER_DESCRIPTION).replace("1426801552", "1426801551");
  }

  private static String brief(String id, String name) {
    return "{\"id\": \"%s\", \"name\": \"%s\"}".formatted(id, name);
  }

  private static DslPart newUser(String inactivityTimeout) {
    return modified(
            data(
                """
                "id": "%s", "name": "bob", "search_name": " (bob)", "description": "",
                "role_id": "1500000000000004d3000000000000000000000004", "role": "guest", %s,
                "creation_time": 1426801551, "last_modified": 1426801551, "full_name": "",
                "email_addr": "", "disabled": false, "last_login": 0, "last_logout": 0,
                "logged_in": false
                """
                    .formatted(NEW_USER_ID, inactivityTimeout)))
        .matching("id", NimbleExpectation.USER_ID_PATTERN)
        .wholeNumber("creation_time")
        .build();
  }

  private static UserCreate bob() {
    return new UserCreate().name("bob").password("password-91");
  }

  private static String passwords(String password, String authPassword) {
    return "{\"data\": {\"password\": \"%s\", \"auth_password\": \"%s\"}}"
        .formatted(password, authPassword);
  }

  private static NimbleResponse<User> setPassword(
      NimbleClient client, String password, String authPassword) {
    return client.updateUser(
        USER_ID, new UserUpdate().password(password).authPassword(authPassword));
  }

  private static String ownToken() {
    return token(SESSION_ID, SESSION_TOKEN, "admin");
  }

  private static String token(String id, String token, String username) {
    return """
    "id": "%s", "session_token": "%s", "username": "%s", "app_name": "Rotation job",
    "source_ip": "127.0.0.1", "creation_time": 1426801551, "last_modified": 1426801551
    """
        .formatted(id, token, username);
  }

  private static String briefToken(String id, String username) {
    return "{\"id\": \"%s\", \"username\": \"%s\"}".formatted(id, username);
  }

  /** A query by criteria all of which have to hold. */
  private static String query(String criteria) {
    return """
    {"data": {"_constructor": "AdvancedCriteria", "operator": "and", "criteria": [%s]},
     "operationType": "fetch"}
    """
        .formatted(criteria);
  }

  private static String invalid(String member, String expected) {
    return "The value of '%s' is not valid: it has to be %s.".formatted(member, expected);
  }

  private static NimbleExpectation update(String description) {
    return NimbleExpectation.inSession("Users_Update", description).request("PUT", USER);
  }

  private static NimbleExpectation create(String description) {
    return NimbleExpectation.inSession("Users_Create", description).request("POST", USERS);
  }

  private static HttpRequest byHand(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("X-Auth-Token", SESSION_TOKEN)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static <T> List<T> listed(Iterable<T> entries) {
    return StreamSupport.stream(entries.spliterator(), false).toList();
  }

  private static void assertRefusal(
      NimbleException refusal,
      int status,
      String code,
      String text,
      Map<String, String> arguments) {
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.text()).isEqualTo(text);
    assertThat(refusal.messages()).hasSize(2);
    assertThat(refusal.messages().get(1).arguments()).isEqualTo(arguments);
  }
}
