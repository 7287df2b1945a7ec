package dev.roster.pact;

import static dev.roster.pact.AzureApiManagementExpectation.API_VERSION;
import static dev.roster.pact.AzureApiManagementExpectation.CLIENT_REQUEST_ID;
import static dev.roster.pact.AzureApiManagementExpectation.CORRELATION_ID;
import static dev.roster.pact.AzureApiManagementExpectation.REQUEST_ID;
import static dev.roster.pact.AzureApiManagementExpectation.SHORT_TAG;
import static dev.roster.pact.AzureApiManagementExpectation.USER_TAG;
import static dev.roster.pact.AzureApiManagementExpectation.sample;
import static dev.roster.pact.AzureApiManagementProviderStates.EMAIL_ID;
import static dev.roster.pact.AzureApiManagementProviderStates.GROUP_ID;
import static dev.roster.pact.AzureApiManagementProviderStates.PRODUCT_SUBSCRIPTION;
import static dev.roster.pact.AzureApiManagementProviderStates.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.roster.client.apimanagement.ApiManagementClient;
import dev.roster.client.apimanagement.ApiManagementException;
import dev.roster.client.apimanagement.ApiManagementException.Detail;
import dev.roster.client.apimanagement.ApiManagementResponse;
import dev.roster.client.apimanagement.DeleteUserOptions;
import dev.roster.client.apimanagement.ETag;
import dev.roster.client.apimanagement.ListOptions;
import dev.roster.client.apimanagement.PutCondition;
import dev.roster.client.apimanagement.model.ApiManagementServiceParameters;
import dev.roster.client.apimanagement.model.ApiManagementServiceParametersProperties;
import dev.roster.client.apimanagement.model.ApiManagementServiceResource;
import dev.roster.client.apimanagement.model.ApiManagementServiceSkuProperties;
import dev.roster.client.apimanagement.model.AppType;
import dev.roster.client.apimanagement.model.Confirmation;
import dev.roster.client.apimanagement.model.GroupCollection;
import dev.roster.client.apimanagement.model.GroupContract;
import dev.roster.client.apimanagement.model.GroupContractProperties;
import dev.roster.client.apimanagement.model.GroupCreateParameters;
import dev.roster.client.apimanagement.model.GroupCreateParametersProperties;
import dev.roster.client.apimanagement.model.GroupType;
import dev.roster.client.apimanagement.model.GroupUpdateParameters;
import dev.roster.client.apimanagement.model.GroupUpdateParametersProperties;
import dev.roster.client.apimanagement.model.KeyType;
import dev.roster.client.apimanagement.model.SubscriptionContract;
import dev.roster.client.apimanagement.model.SubscriptionState;
import dev.roster.client.apimanagement.model.UserCollection;
import dev.roster.client.apimanagement.model.UserContract;
import dev.roster.client.apimanagement.model.UserCreateParameterProperties;
import dev.roster.client.apimanagement.model.UserCreateParameters;
import dev.roster.client.apimanagement.model.UserIdentityCollection;
import dev.roster.client.apimanagement.model.UserIdentityContract;
import dev.roster.client.apimanagement.model.UserState;
import dev.roster.client.apimanagement.model.UserTokenParameterProperties;
import dev.roster.client.apimanagement.model.UserTokenParameters;
import dev.roster.client.apimanagement.model.UserUpdateParameters;
import dev.roster.client.apimanagement.model.UserUpdateParametersProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the client expects of Azure API Management, and what it makes of it.
 *
 * <p>Bodies are those of the documentation's samples, or of recordings of the real service, where
 * there are some. This is the only class that writes this pact, as it begins by removing the one of
 * an earlier build.
 */
class AzureApiManagementPactTest {

  /** Newest first, as the service lists them. */
  private static final String SERVED_VERSIONS =
      "2025-09-01-preview,2025-03-01-preview,2024-10-01-preview,2024-06-01-preview,2024-05-01,"
          + "2023-09-01-preview,2023-05-01-preview,2023-03-01-preview,2022-09-01-preview,2022-08-01,"
          + "2022-04-01-preview,2021-12-01-preview,2021-08-01";

  private static final String SERVICE =
      "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/apimService1";

  private static final String USERS = SERVICE + "/users";
  private static final String USER = USERS + "/" + USER_ID;
  private static final String OWNER = USERS + "/1";
  private static final String GROUPS = SERVICE + "/groups";
  private static final String GROUP = GROUPS + "/" + GROUP_ID;
  private static final String MEMBER = GROUP + "/users/" + USER_ID;

  /** The id of a user to create, as in the documentation's sample. */
  private static final String NEW_USER_ID = "5931a75ae4bbd512288c680b";

  /** A password of a published recording, the only one that may stand in a pact. */
  private static final String PASSWORD = "ps1967";

  /** A tag that no user of a test has, as the first service of a database takes its counter. */
  private static final String STALE_TAG = "\"AAAAAAAAAAEAAAAAAAAAAg==\"";

  private static final String STALE_SHORT_TAG = "\"AAAAAAAAAAE=\"";

  private static final OffsetDateTime REGISTERED = OffsetDateTime.parse("2017-06-02T17:58:50.357Z");

  private static final String SIGNATURE =
      "jUooolDxrQWiHAkOZVfi7+N5+rqzavSpQ2zbDTOZsGfZ6DqJNgHCpCaydJVX0Ql/dXuNUGwXWjBXu4VKqI3iDQ==";

  private static final String VALIDATION_TEXT = "One or more fields contain incorrect values:";
  private static final String PRECONDITION_TEXT = "Resource was modified since last retrieval.";

  /** The operations on users, as their documentation's samples call them. */
  enum UserOperation {
    LIST("User_ListByService", "GET") {
      @Override
      ApiManagementResponse<?> call(ApiManagementClient client, String userId) {
        return client.listUsers();
      }
    },

    HEAD("User_GetEntityTag", "HEAD") {
      @Override
      ApiManagementResponse<Optional<ETag>> call(ApiManagementClient client, String userId) {
        return client.getUserEntityTag(userId);
      }
    },

    GET("User_Get", "GET") {
      @Override
      ApiManagementResponse<UserContract> call(ApiManagementClient client, String userId) {
        return client.getUser(userId);
      }
    },

    PUT("User_CreateOrUpdate", "PUT") {
      @Override
      ApiManagementResponse<UserContract> call(ApiManagementClient client, String userId) {
        return client.createOrUpdateUser(userId, newcomer());
      }
    },

    PATCH("User_Update", "PATCH") {
      @Override
      ApiManagementResponse<UserContract> call(ApiManagementClient client, String userId) {
        return client.updateUser(
            userId,
            ETag.ANY,
            changes(
                new UserUpdateParametersProperties()
                    .firstName("foo")
                    .lastName("bar")
                    .email("foobar@outlook.com")));
      }
    },

    DELETE("User_Delete", "DELETE") {
      @Override
      ApiManagementResponse<Void> call(ApiManagementClient client, String userId) {
        return client.deleteUser(userId, ETag.ANY);
      }
    };

    private final String operationId;
    private final String method;

    UserOperation(String operationId, String method) {
      this.operationId = operationId;
      this.method = method;
    }

    abstract ApiManagementResponse<?> call(ApiManagementClient client, String userId);

    ApiManagementResponse<?> call(ApiManagementClient client) {
      return call(client, USER_ID);
    }

    /** Begins an interaction with the sample's request. */
    AzureApiManagementExpectation sample(String description) {
      return sample(description, USER_ID);
    }

    AzureApiManagementExpectation sample(String description, String userId) {
      AzureApiManagementExpectation sample =
          AzureApiManagementExpectation.of(operationId, description)
              .request(method, this == LIST ? USERS : USERS + "/" + userId);
      return switch (this) {
        case LIST, HEAD, GET -> sample;
        case PUT -> sample.sending(NEWCOMER);
        case PATCH ->
            sample
                .requestHeader("If-Match", "*")
                .sending(
                    """
                    {"properties": {"firstName": "foo", "lastName": "bar",
                      "email": "foobar@outlook.com"}}
                    """);
        case DELETE -> sample.requestHeader("If-Match", "*");
      };
    }
  }

  private static final String NEWCOMER =
      """
      {"properties": {"email": "newcomer@contoso.example", "firstName": "foo", "lastName": "bar",
        "confirmation": "signup"}}
      """;

  private static UserCreateParameters newcomer() {
    return created(
        new UserCreateParameterProperties()
            .email("newcomer@contoso.example")
            .firstName("foo")
            .lastName("bar")
            .confirmation(Confirmation.SIGNUP));
  }

  private static UserCreateParameters created(UserCreateParameterProperties properties) {
    return new UserCreateParameters().properties(properties);
  }

  private static UserUpdateParameters changes(UserUpdateParametersProperties properties) {
    return new UserUpdateParameters().properties(properties);
  }

  @BeforeAll
  static void forgetEarlierPacts() throws IOException {
    Pacts.forget(ProvenApi.AZURE_API_MANAGEMENT);
  }

  // --- User_Update

  @Test
  void updatesTheUserOfTheDocumentedSample() {
    ApiManagementResponse<?> answer =
        UserOperation.PATCH
            .sample("updates the documented user, whatever its version")
            .given(AzureApiManagementProviderStates.USER)
            .answer(200)
            .shortTag()
            .body(user(USER_ID, documented("\"groups\": [],")))
            .met(UserOperation.PATCH::call);

    assertAnswered(answer, 200, SHORT_TAG);
    UserContract user = (UserContract) answer.value();
    assertThat(user.getId()).isEqualTo(USER);
    assertThat(user.getProperties().getFirstName()).isEqualTo("foo");
    assertThat(user.getProperties().getLastName()).isEqualTo("bar");
    assertThat(user.getProperties().getEmail()).isEqualTo("foobar@outlook.com");
    assertThat(user.getProperties().getState()).isEqualTo(UserState.ACTIVE);
    assertThat(user.getProperties().getRegistrationDate()).isEqualTo(REGISTERED);
    assertThat(user.getProperties().getNote()).isNull();
    assertThat(user.getProperties().getGroups()).isEmpty();
    assertThat(user.getProperties().getIdentities())
        .containsExactly(new UserIdentityContract().provider("Microsoft").id("*************"));
  }

  @Test
  void updatesEverythingAsTheRecordedSessionDoes() {
    UserContract user =
        update("updates all properties of a user, as the recorded session does")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", "*")
            .sending(
                """
                {"properties": {"state": "active", "note": "ps3765", "password": "%s",
                  "email": "changed.contoso@microsoft.com", "firstName": "ps3247",
                  "lastName": "ps8364"}}
                """
                    .formatted(PASSWORD))
            .answer(200)
            .shortTag()
            .body(
                user(
                    USER_ID,
                    """
                    "firstName": "ps3247", "lastName": "ps8364",
                    "email": "changed.contoso@microsoft.com", "state": "active",
                    "registrationDate": "2017-06-02T17:58:50.357Z", "note": "ps3765", "groups": [],
                    "identities": [{"provider": "Microsoft", "id": "*************"}]
                    """))
            .met(
                client ->
                    client.updateUser(
                        USER_ID,
                        ETag.ANY,
                        changes(
                            new UserUpdateParametersProperties()
                                .state(UserState.ACTIVE)
                                .note("ps3765")
                                .password(PASSWORD)
                                .email("changed.contoso@microsoft.com")
                                .firstName("ps3247")
                                .lastName("ps8364"))))
            .value();

    assertThat(user.getProperties().getEmail()).isEqualTo("changed.contoso@microsoft.com");
    assertThat(user.getProperties().getNote()).isEqualTo("ps3765");
  }

  @Test
  void updatesUserOfTheVersionThatWasRead() {
    ApiManagementResponse<UserContract> answer =
        update("blocks a user of the version that was read")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", Expectation.stateValue(ProviderStates.ENTITY_TAG, USER_TAG))
            .sending("{\"properties\": {\"state\": \"blocked\"}}")
            .answer(200)
            .shortTag()
            .body(blocked("\"groups\": [],"))
            .met(client -> block(client, USER_TAG));

    assertAnswered(answer, 200, SHORT_TAG);
    assertThat(answer.value().getProperties().getState()).isEqualTo(UserState.BLOCKED);
  }

  @Test
  void updatesUserOfTheVersionThatTheLastUpdateTold() {
    ApiManagementResponse<UserContract> answer =
        update("blocks a user of the version that the last update told")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader(
                "If-Match",
                Expectation.stateValue(AzureApiManagementProviderStates.UPDATE_TAG, SHORT_TAG))
            .sending("{\"properties\": {\"state\": \"blocked\"}}")
            .answer(200)
            .shortTag()
            .body(blocked("\"groups\": [],"))
            .met(client -> block(client, SHORT_TAG));

    assertAnswered(answer, 200, SHORT_TAG);
  }

  @Test
  void updateOfVersionThatIsGoneIsRefused() {
    ApiManagementException refusal =
        update("blocks a user of a version that is gone")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", STALE_TAG)
            .sending("{\"properties\": {\"state\": \"blocked\"}}")
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> block(client, STALE_TAG));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
    assertThat(refusal.isPreconditionFailed()).isTrue();
  }

  @Test
  void noteThatIsSetToNullIsRemoved() {
    UserContract user =
        update("removes the note of a user")
            .given(AzureApiManagementProviderStates.USER_WITH_NOTE)
            .requestHeader("If-Match", "*")
            .sending("{\"properties\": {\"note\": null}}")
            .answer(200)
            .shortTag()
            .body(user(USER_ID, documented("\"groups\": [],")))
            .met(client -> update(client, new UserUpdateParametersProperties().note(null)));

    assertThat(user.getProperties().getNote()).isNull();
  }

  @Test
  void whatIsNotSetIsKept() {
    UserContract user =
        update("changes nothing of a user")
            .given(AzureApiManagementProviderStates.USER_WITH_NOTE)
            .requestHeader("If-Match", "*")
            .sending("{\"properties\": {}}")
            .answer(200)
            .shortTag()
            .body(
                user(
                    USER_ID,
                    """
                    "firstName": "foo", "lastName": "bar", "email": "foobar@outlook.com",
                    "state": "active", "registrationDate": "2017-06-02T17:58:50.357Z",
                    "note": "A remark of an administrator", "groups": [],
                    "identities": [{"provider": "Microsoft", "id": "*************"}]
                    """))
            .met(client -> update(client, new UserUpdateParametersProperties()));

    assertThat(user.getProperties().getNote()).isEqualTo("A remark of an administrator");
  }

  @Test
  void closedUserLosesIdentities() {
    UserContract user =
        update("closes the account of a user")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", "*")
            .sending("{\"properties\": {\"state\": \"deleted\"}}")
            .answer(200)
            .shortTag()
            .body(
                user(
                    USER_ID,
                    """
                    "firstName": "foo", "lastName": "bar", "email": "foobar@outlook.com",
                    "state": "deleted", "registrationDate": "2017-06-02T17:58:50.357Z",
                    "note": null, "groups": [], "identities": []
                    """))
            .met(
                client ->
                    update(client, new UserUpdateParametersProperties().state(UserState.DELETED)));

    assertThat(user.getProperties().getState()).isEqualTo(UserState.DELETED);
    assertThat(user.getProperties().getIdentities()).isEmpty();
  }

  @Test
  void identitiesAreReplaced() {
    UserContract user =
        update("replaces the identities of a user")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", "*")
            .sending(
                "{\"properties\": {\"identities\": [{\"provider\": \"Google\", \"id\": \"7\"}]}}")
            .answer(200)
            .shortTag()
            .body(
                user(
                    USER_ID,
                    """
                    "firstName": "foo", "lastName": "bar", "email": "foobar@outlook.com",
                    "state": "active", "registrationDate": "2017-06-02T17:58:50.357Z",
                    "note": null, "groups": [], "identities": [{"provider": "Google", "id": "7"}]
                    """))
            .met(
                client ->
                    update(
                        client,
                        new UserUpdateParametersProperties()
                            .addIdentitiesItem(
                                new UserIdentityContract().provider("Google").id("7"))));

    assertThat(user.getProperties().getIdentities())
        .containsExactly(new UserIdentityContract().provider("Google").id("7"));
  }

  static Stream<Arguments> faultyUpdates() {
    return Stream.of(
        Arguments.of(
            "an empty email",
            "{\"properties\": {\"email\": \"\"}}",
            new UserUpdateParametersProperties().email(""),
            List.of(fault("email", "'email' must not be empty."))),
        Arguments.of(
            "an email of 255 characters",
            "{\"properties\": {\"email\": \"%s\"}}".formatted("e".repeat(255)),
            new UserUpdateParametersProperties().email("e".repeat(255)),
            List.of(fault("email", tooLong("email", 254, 255)))),
        Arguments.of(
            "the email of another user",
            "{\"properties\": {\"email\": \"owner@contoso.example\"}}",
            new UserUpdateParametersProperties().email("owner@contoso.example"),
            List.of(fault("email", "A user with this email already exists."))),
        Arguments.of(
            "an empty first name and a last name of 101 characters",
            "{\"properties\": {\"firstName\": \"\", \"lastName\": \"%s\"}}"
                .formatted("n".repeat(101)),
            new UserUpdateParametersProperties().firstName("").lastName("n".repeat(101)),
            List.of(
                fault("firstName", "'firstName' must not be empty."),
                fault("lastName", tooLong("lastName", 100, 101)))),
        Arguments.of(
            "a state that there is not",
            "{\"properties\": {\"state\": \"unknown_default_open_api\"}}",
            new UserUpdateParametersProperties().state(UserState.UNKNOWN_DEFAULT_OPEN_API),
            List.of(fault("state", unmet("state")))),
        Arguments.of(
            "a state to which nobody goes back",
            "{\"properties\": {\"state\": \"pending\"}}",
            new UserUpdateParametersProperties().state(UserState.PENDING),
            List.of(fault("state", unmet("state")))),
        Arguments.of(
            "an identity of an unknown provider",
            "{\"properties\": {\"identities\": [{\"provider\": \"Nobody\", \"id\": \"7\"}]}}",
            new UserUpdateParametersProperties()
                .addIdentitiesItem(new UserIdentityContract().provider("Nobody").id("7")),
            List.of(fault("identities[0].provider", unmet("provider")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultyUpdates")
  void faultyUpdateIsRefused(
      String fault, String json, UserUpdateParametersProperties properties, List<Detail> details) {
    ApiManagementException refusal =
        update("updates a user with " + fault)
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", "*")
            .sending(json)
            .error(400, "ValidationError", VALIDATION_TEXT, details.toArray(Detail[]::new))
            .refused(client -> update(client, properties));

    assertRefusal(refusal, 400, "ValidationError", VALIDATION_TEXT, details.toArray(Detail[]::new));
    assertThat(refusal.detail(details.get(0).target())).contains(details.get(0));
  }

  // --- User_CreateOrUpdate

  @Test
  void createsTheUserOfTheDocumentedSample() {
    ApiManagementResponse<?> answer =
        UserOperation.PUT
            .sample("creates the documented user", NEW_USER_ID)
            .given(AzureApiManagementProviderStates.USER)
            .answer(201)
            .userTag()
            .body(
                user(
                    NEW_USER_ID,
                    """
                    "firstName": "foo", "lastName": "bar", "email": "newcomer@contoso.example",
                    "state": "active", "registrationDate": "2018-01-17T23:35:04.12Z", "note": null,
                    "groups": [%s],
                    "identities": [{"provider": "Basic", "id": "newcomer@contoso.example"}]
                    """
                        .formatted(DEVELOPERS_INSIDE_USER)))
            .met(client -> UserOperation.PUT.call(client, NEW_USER_ID));

    assertAnswered(answer, 201, USER_TAG);
    UserContract user = (UserContract) answer.value();
    assertThat(user.getName()).isEqualTo(NEW_USER_ID);
    assertThat(user.getProperties().getState()).isEqualTo(UserState.ACTIVE);
    assertThat(user.getProperties().getGroups())
        .singleElement()
        .satisfies(AzureApiManagementPactTest::assertDevelopersInsideUser);
  }

  @Test
  void createsUserWhoseIdIsAnAddress() {
    UserContract user =
        AzureApiManagementExpectation.of(
                "User_CreateOrUpdate", "creates a user whose id is an address, if there is none")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("PUT", USERS + "/" + EMAIL_IN_PATH)
            .query("notify", "true")
            .requestHeader("If-None-Match", "*")
            .sending(
                """
                {"properties": {"email": "%s", "firstName": "Alice", "lastName": "Smith",
                  "password": "%s", "state": "pending", "note": "On probation",
                  "appType": "developerPortal", "confirmation": "invite",
                  "identities": [{"provider": "Aad", "id": "alice"}]}}
                """
                    .formatted(EMAIL_ID, PASSWORD))
            .answer(201)
            .userTag()
            .body(
                user(
                    EMAIL_ID,
                    """
                    "firstName": "Alice", "lastName": "Smith", "email": "%1$s",
                    "state": "pending", "registrationDate": "2018-01-17T23:35:04.12Z",
                    "note": "On probation", "groups": [%2$s],
                    "identities": [{"provider": "Basic", "id": "%1$s"},
                      {"provider": "Aad", "id": "alice"}]
                    """
                        .formatted(EMAIL_ID, DEVELOPERS_INSIDE_USER)))
            .met(
                client ->
                    client.createOrUpdateUser(
                        EMAIL_ID,
                        created(
                            new UserCreateParameterProperties()
                                .email(EMAIL_ID)
                                .firstName("Alice")
                                .lastName("Smith")
                                .password(PASSWORD)
                                .state(UserState.PENDING)
                                .note("On probation")
                                .appType(AppType.DEVELOPER_PORTAL)
                                .confirmation(Confirmation.INVITE)
                                .addIdentitiesItem(
                                    new UserIdentityContract().provider("Aad").id("alice"))),
                        PutCondition.ifAbsent(),
                        true))
            .value();

    assertThat(user.getName()).isEqualTo(EMAIL_ID);
    assertThat(user.getProperties().getState()).isEqualTo(UserState.PENDING);
  }

  @Test
  void writesUserAnew() {
    ApiManagementResponse<?> answer =
        UserOperation.PUT
            .sample("writes a user anew")
            .given(AzureApiManagementProviderStates.USER_WITH_NOTE)
            .answer(200)
            .userTag()
            .body(rewritten())
            .met(UserOperation.PUT::call);

    assertAnswered(answer, 200, USER_TAG);
    assertThat(((UserContract) answer.value()).getProperties().getNote()).isNull();
  }

  @Test
  void writesUserOfTheVersionThatWasReadAnew() {
    ApiManagementResponse<UserContract> answer =
        UserOperation.PUT
            .sample("writes a user of the version that was read anew")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", Expectation.stateValue(ProviderStates.ENTITY_TAG, USER_TAG))
            .answer(200)
            .userTag()
            .body(rewritten())
            .met(client -> put(client, PutCondition.ifMatch(ETag.of(USER_TAG))));

    assertAnswered(answer, 200, USER_TAG);
  }

  @Test
  void userOfVersionThatIsGoneIsNotWrittenAnew() {
    ApiManagementException refusal =
        UserOperation.PUT
            .sample("writes a user of a version that is gone anew")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", STALE_TAG)
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> put(client, PutCondition.ifMatch(ETag.of(STALE_TAG))));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
  }

  @Test
  void userIsNotCreatedWhereOneHasToBe() {
    ApiManagementException refusal =
        UserOperation.PUT
            .sample("writes a user anew who is not there")
            .given(AzureApiManagementProviderStates.SERVICE)
            .requestHeader("If-Match", "*")
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> put(client, PutCondition.ifMatch(ETag.ANY)));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
  }

  @Test
  void userIsNotCreatedTwice() {
    ApiManagementException refusal =
        UserOperation.PUT
            .sample("creates a user who must not be there, and is")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-None-Match", "*")
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> put(client, PutCondition.ifAbsent()));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
  }

  static Stream<Arguments> faultyCreations() {
    return Stream.of(
        Arguments.of(
            "nothing",
            "{\"properties\": {\"email\": null, \"firstName\": null, \"lastName\": null}}",
            new UserCreateParameterProperties(),
            List.of(
                fault("email", "'email' must not be empty."),
                fault("firstName", "'firstName' must not be empty."),
                fault("lastName", "'lastName' must not be empty."))),
        Arguments.of(
            "a first name of 101 characters",
            """
            {"properties": {"email": "newcomer@contoso.example", "firstName": "%s",
              "lastName": "bar"}}
            """
                .formatted("n".repeat(101)),
            plain().firstName("n".repeat(101)),
            List.of(fault("firstName", tooLong("firstName", 100, 101)))),
        Arguments.of(
            "the email of another user",
            """
            {"properties": {"email": "owner@contoso.example", "firstName": "foo",
              "lastName": "bar"}}
            """,
            plain().email("owner@contoso.example"),
            List.of(fault("email", "A user with this email already exists."))),
        Arguments.of(
            "a state that there is not",
            """
            {"properties": {"email": "newcomer@contoso.example", "firstName": "foo",
              "lastName": "bar", "state": "unknown_default_open_api"}}
            """,
            plain().state(UserState.UNKNOWN_DEFAULT_OPEN_API),
            List.of(fault("state", unmet("state")))),
        Arguments.of(
            "an identity of an unknown provider",
            """
            {"properties": {"email": "newcomer@contoso.example", "firstName": "foo",
              "lastName": "bar", "identities": [{"provider": "Nobody", "id": "7"}]}}
            """,
            plain().addIdentitiesItem(new UserIdentityContract().provider("Nobody").id("7")),
            List.of(fault("identities[0].provider", unmet("provider")))));
  }

  private static UserCreateParameterProperties plain() {
    return new UserCreateParameterProperties()
        .email("newcomer@contoso.example")
        .firstName("foo")
        .lastName("bar");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultyCreations")
  void faultyCreationIsRefused(
      String fault, String json, UserCreateParameterProperties properties, List<Detail> details) {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of("User_CreateOrUpdate", "creates a user with " + fault)
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("PUT", USERS + "/" + NEW_USER_ID)
            .sending(json)
            .error(400, "ValidationError", VALIDATION_TEXT, details.toArray(Detail[]::new))
            .refused(client -> client.createOrUpdateUser(NEW_USER_ID, created(properties)));

    assertRefusal(refusal, 400, "ValidationError", VALIDATION_TEXT, details.toArray(Detail[]::new));
  }

  // --- User_Get, User_GetEntityTag

  @Test
  void getsTheUserOfTheDocumentedSample() {
    ApiManagementResponse<UserContract> answer =
        UserOperation.GET
            .sample("gets the documented user")
            .given(AzureApiManagementProviderStates.USER)
            .answer(200)
            .userTag()
            .body(user(USER_ID, documented("")))
            .met(client -> client.getUser(USER_ID));

    assertAnswered(answer, 200, USER_TAG);
    UserContract user = answer.value();
    assertThat(user.getId()).isEqualTo(USER);
    assertThat(user.getType()).isEqualTo("Microsoft.ApiManagement/service/users");
    assertThat(user.getName()).isEqualTo(USER_ID);
    assertThat(user.getProperties().getRegistrationDate()).isEqualTo(REGISTERED);
    assertThat(user.getProperties().getGroups()).isNull();
  }

  @Test
  void getsUserWhoseIdIsAnAddress() {
    UserContract user =
        AzureApiManagementExpectation.of("User_Get", "gets a user whose id is an address")
            .given(AzureApiManagementProviderStates.USER_WITH_EMAIL_ID)
            .request("GET", USERS + "/" + EMAIL_IN_PATH)
            .answer(200)
            .userTag()
            .body(
                user(
                    EMAIL_ID,
                    """
                    "firstName": "Alice", "lastName": "Smith", "email": "%1$s",
                    "state": "active", "registrationDate": "2017-06-02T17:58:50.357Z",
                    "note": null, "identities": [{"provider": "Basic", "id": "%1$s"}]
                    """
                        .formatted(EMAIL_ID)))
            .met(client -> client.getUser(EMAIL_ID))
            .value();

    assertThat(user.getName()).isEqualTo(EMAIL_ID);
  }

  @ParameterizedTest
  @EnumSource(names = {"GET", "PATCH"})
  void unknownUserIsRefused(UserOperation operation) {
    ApiManagementException refusal =
        operation
            .sample(operation.operationId + " is refused as there is no such user")
            .given(AzureApiManagementProviderStates.SERVICE)
            .error(404, "ResourceNotFound", "User not found.")
            .refused(operation::call);

    assertRefusal(refusal, 404, "ResourceNotFound", "User not found.");
    assertThat(refusal.isNotFound()).isTrue();
    assertThat(refusal.failureCause()).isNull();
  }

  @Test
  void versionOfUserIsTold() {
    ApiManagementResponse<Optional<ETag>> answer =
        UserOperation.HEAD
            .sample("asks for the version of a user")
            .given(AzureApiManagementProviderStates.USER)
            .answer(200)
            .userTag()
            .met(client -> client.getUserEntityTag(USER_ID));

    assertAnswered(answer, 200, USER_TAG);
    assertThat(answer.value()).contains(ETag.of(USER_TAG));
  }

  @Test
  void userThatDoesNotExistIsToldSo() {
    ApiManagementResponse<Boolean> answer =
        UserOperation.HEAD
            .sample("asks for a user that does not exist")
            .given(AzureApiManagementProviderStates.SERVICE)
            .answer(404)
            .met(client -> client.userExists(USER_ID));

    assertAnswered(answer, 404, null);
    assertThat(answer.value()).isFalse();
  }

  // --- User_ListByService

  @Test
  void listsUsersPageByPage() {
    List<UserContract> users =
        UserOperation.LIST
            .sample("lists the first page of the users")
            .given(AzureApiManagementProviderStates.USER)
            .query("$top", "1")
            .answer(200)
            .body(
                page(
                        "[%s]".formatted(OWNER_SAMPLE),
                        2,
                        USERS + "?%24top=1&api-version=2022-08-01&%24skip=1")
                    .linking("nextLink", link(USERS))
                    .build())
            .then(
                UserOperation.LIST
                    .sample("lists the last page of the users")
                    .given(AzureApiManagementProviderStates.USER)
                    .query("$top", "1")
                    .query("$skip", "1")
                    .answer(200)
                    .body(page("[%s]".formatted(user(USER_ID, documented(""))), 2)))
            .met(client -> listed(client.listAllUsers(ListOptions.none().top(1))));

    assertThat(users).extracting(UserContract::getName).containsExactly("1", USER_ID);
    assertThat(users.get(0).getProperties().getLastName()).isEmpty();
    assertThat(users.get(0).getProperties().getIdentities())
        .containsExactly(new UserIdentityContract().provider("Azure").id("owner@contoso.example"));
  }

  @Test
  void listsBlockedUsers() {
    UserCollection users =
        UserOperation.LIST
            .sample("lists the blocked users")
            .given(AzureApiManagementProviderStates.BLOCKED_USER)
            .query("$filter", "state eq 'blocked'")
            .answer(200)
            .body(page("[%s]".formatted(blocked("")), 1))
            .met(client -> client.listUsers(ListOptions.none().filter("state eq 'blocked'")))
            .value();

    assertThat(users.getCount()).isEqualTo(1);
    assertThat(users.getNextLink()).isNull();
    assertThat(users.getValue())
        .singleElement()
        .satisfies(
            user -> assertThat(user.getProperties().getState()).isEqualTo(UserState.BLOCKED));
  }

  @Test
  void listsNoUser() {
    UserCollection users =
        UserOperation.LIST
            .sample("lists the users with an address that nobody has")
            .given(AzureApiManagementProviderStates.USER)
            .query("$filter", "email eq 'nobody@contoso.example'")
            .answer(200)
            .body(page("[]", 0))
            .met(
                client ->
                    client.listUsers(
                        ListOptions.none().filter("email eq 'nobody@contoso.example'")))
            .value();

    assertThat(users.getValue()).isEmpty();
    assertThat(users.getCount()).isZero();
  }

  @Test
  void listsUsersWithGroups() {
    UserCollection users =
        UserOperation.LIST
            .sample("lists the users after the first with their groups")
            .given(AzureApiManagementProviderStates.USER)
            .query("$skip", "1")
            .query("expandGroups", "true")
            .answer(200)
            .body(
                page(
                    "[%s]"
                        .formatted(
                            user(
                                USER_ID,
                                documented("\"groups\": [%s],".formatted(DEVELOPERS_INSIDE_USER)))),
                    2))
            .met(client -> client.listUsers(ListOptions.none().skip(1).expandGroups(true)))
            .value();

    assertThat(users.getValue().get(0).getProperties().getGroups())
        .singleElement()
        .satisfies(AzureApiManagementPactTest::assertDevelopersInsideUser);
  }

  @Test
  void pageOfNoUsersIsRefused() {
    Detail fault = fault("$top", "'$top' has to be a whole number from 1 to 2147483647.");
    ApiManagementException refusal =
        UserOperation.LIST
            .sample("lists users in pages without any")
            .given(AzureApiManagementProviderStates.USER)
            .query("$top", "0")
            .error(400, "ValidationError", VALIDATION_TEXT, fault)
            .refused(client -> client.listUsers(ListOptions.none().top(0)));

    assertRefusal(refusal, 400, "ValidationError", VALIDATION_TEXT, fault);
  }

  @Test
  void filterOfUnknownFieldIsRefused() {
    Detail fault =
        fault("$filter", "At position 1, \"age\" is not a property that can be filtered on.");
    ApiManagementException refusal =
        UserOperation.LIST
            .sample("lists users by a field that they do not have")
            .given(AzureApiManagementProviderStates.USER)
            .query("$filter", "age eq '7'")
            .error(400, "ValidationError", VALIDATION_TEXT, fault)
            .refused(client -> client.listUsers(ListOptions.none().filter("age eq '7'")));

    assertRefusal(refusal, 400, "ValidationError", VALIDATION_TEXT, fault);
    assertThat(refusal.detail("$filter")).contains(fault);
  }

  // --- User_Delete

  @Test
  void deletesUserWhateverItsVersion() {
    ApiManagementResponse<Void> answer =
        UserOperation.DELETE
            .sample("deletes a user, whatever its version")
            .given(AzureApiManagementProviderStates.USER)
            .query("deleteSubscriptions", "true")
            .query("notify", "false")
            .query("appType", "developerPortal")
            .answer(200)
            .met(
                client ->
                    client.deleteUser(
                        USER_ID,
                        ETag.ANY,
                        DeleteUserOptions.none()
                            .deleteSubscriptions(true)
                            .notifyUser(false)
                            .appType(AppType.DEVELOPER_PORTAL)));

    assertAnswered(answer, 200, null);
  }

  @Test
  void deletesUserOfTheVersionThatWasRead() {
    ApiManagementResponse<Void> answer =
        UserOperation.DELETE
            .sample("deletes a user of the version that was read")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", Expectation.stateValue(ProviderStates.ENTITY_TAG, USER_TAG))
            .answer(200)
            .met(client -> client.deleteUser(USER_ID, ETag.of(USER_TAG)));

    assertAnswered(answer, 200, null);
  }

  @Test
  void deletesNothing() {
    ApiManagementResponse<?> answer =
        UserOperation.DELETE
            .sample("deletes a user that does not exist")
            .given(AzureApiManagementProviderStates.SERVICE)
            .answer(204)
            .met(UserOperation.DELETE::call);

    assertAnswered(answer, 204, null);
  }

  @Test
  void userOfVersionThatIsGoneIsNotDeleted() {
    ApiManagementException refusal =
        UserOperation.DELETE
            .sample("deletes a user of a version that is gone")
            .given(AzureApiManagementProviderStates.USER)
            .requestHeader("If-Match", STALE_TAG)
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> client.deleteUser(USER_ID, ETag.of(STALE_TAG)));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
  }

  @Test
  void ownerIsNotDeleted() {
    ApiManagementException refusal =
        UserOperation.DELETE
            .sample("deletes the owner", "1")
            .given(AzureApiManagementProviderStates.SERVICE)
            .error(405, "MethodNotAllowed", "System entity cannot be deleted")
            .refused(client -> client.deleteUser("1", ETag.ANY));

    assertRefusal(refusal, 405, "MethodNotAllowed", "System entity cannot be deleted");
  }

  // --- Refusals that any operation on users can meet

  /** What keeps a request from the service. */
  enum Obstacle {
    NO_SUBSCRIPTION(
        AzureApiManagementProviderStates.NO_SUBSCRIPTION,
        API_VERSION,
        404,
        "SubscriptionNotFound",
        "The subscription 'subid' could not be found."),
    NO_RESOURCE_GROUP(
        AzureApiManagementProviderStates.NO_RESOURCE_GROUP,
        API_VERSION,
        404,
        "ResourceGroupNotFound",
        "Resource group 'rg1' could not be found."),
    NO_SERVICE(
        AzureApiManagementProviderStates.NO_SERVICE,
        API_VERSION,
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.ApiManagement/service/apimService1' under resource group 'rg1'"
            + " was not found. For more details please go to"
            + " https://aka.ms/ARMResourceNotFoundFix"),
    NO_VERSION(
        AzureApiManagementProviderStates.USER,
        "",
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests."),
    MALFORMED_VERSION(
        AzureApiManagementProviderStates.USER,
        "newest",
        400,
        "InvalidApiVersionParameter",
        "The api-version 'newest' is invalid. The supported versions are"
            + " '"
            + SERVED_VERSIONS
            + "'."),
    UNSUPPORTED_VERSION(
        AzureApiManagementProviderStates.USER,
        "1999-01-01",
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location 'West US' and API version"
            + " '1999-01-01' for type 'service/users'. The supported api-versions are"
            + " '"
            + SERVED_VERSIONS
            + "'. The supported locations are 'West US'.");

    private final String state;
    private final String version;
    private final int status;
    private final String code;
    private final String text;

    Obstacle(String state, String version, int status, String code, String text) {
      this.state = state;
      this.version = version;
      this.status = status;
      this.code = code;
      this.text = text;
    }

    ApiManagementClient client(String endpoint) {
      return AzureApiManagementExpectation.builder(endpoint).apiVersion(version).build();
    }

    AzureApiManagementExpectation before(UserOperation operation) {
      return operation
          .sample(operation.operationId + " is refused with " + code)
          .given(state)
          .query("api-version", version);
    }
  }

  static Stream<Arguments> obstaclesOfOperations() {
    return Stream.of(UserOperation.values())
        .filter(operation -> operation != UserOperation.HEAD)
        .flatMap(
            operation ->
                Stream.of(Obstacle.values()).map(obstacle -> Arguments.of(operation, obstacle)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("obstaclesOfOperations")
  void userOperationIsRefusedBeforeTheService(UserOperation operation, Obstacle obstacle) {
    ApiManagementException refusal =
        obstacle
            .before(operation)
            .gatewayError(obstacle.status, obstacle.code, obstacle.text)
            .refused(obstacle::client, operation::call);

    assertRefusal(refusal, obstacle.status, obstacle.code, obstacle.text);
    assertThat(refusal.failureCause()).isEqualTo("gateway");
  }

  /** An answer to HEAD has no body, so that the cause stays unknown. */
  @ParameterizedTest
  @EnumSource(names = {"NO_SUBSCRIPTION", "NO_RESOURCE_GROUP", "NO_SERVICE"})
  void versionOfUserIsNotFoundBeforeTheService(Obstacle obstacle) {
    ApiManagementResponse<Optional<ETag>> answer =
        obstacle
            .before(UserOperation.HEAD)
            .answer(404)
            .header("x-ms-failure-cause", "gateway")
            .met(client -> client.getUserEntityTag(USER_ID));

    assertAnswered(answer, 404, null);
    assertThat(answer.value()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_VERSION", "MALFORMED_VERSION", "UNSUPPORTED_VERSION"})
  void questionForVersionOfUserIsRefusedBeforeTheService(Obstacle obstacle) {
    ApiManagementException refusal =
        obstacle
            .before(UserOperation.HEAD)
            .answer(400)
            .header("x-ms-failure-cause", "gateway")
            .refused(obstacle::client, UserOperation.HEAD::call);

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isNull();
    assertThat(refusal.failureCause()).isEqualTo("gateway");
  }

  @ParameterizedTest
  @EnumSource(names = {"GET", "PUT", "PATCH", "DELETE"})
  void userIdOf81CharactersIsRefused(UserOperation operation) {
    String id = "u".repeat(81);
    Detail fault = fault("userId", tooLong("userId", 80, 81));
    ApiManagementException refusal =
        operation
            .sample(operation.operationId + " is refused with ValidationError", id)
            .given(AzureApiManagementProviderStates.SERVICE)
            .error(400, "ValidationError", VALIDATION_TEXT, fault)
            .refused(client -> operation.call(client, id));

    assertRefusal(refusal, 400, "ValidationError", VALIDATION_TEXT, fault);
  }

  @ParameterizedTest
  @EnumSource(names = {"GET", "PUT", "PATCH", "DELETE"})
  void userIdThatNoUrlCarriesIsRefused(UserOperation operation) {
    String text = "The URL of the request cannot be decoded.";
    ApiManagementException refusal =
        operation
            .sample(operation.operationId + " is refused with InvalidRequestUri", "a%00b")
            .given(AzureApiManagementProviderStates.SERVICE)
            .gatewayError(400, "InvalidRequestUri", text)
            .refused(client -> operation.call(client, "a\u0000b"));

    assertRefusal(refusal, 400, "InvalidRequestUri", text);
    assertThat(refusal.failureCause()).isEqualTo("gateway");
  }

  /** The only request past the client, which never leaves Authorization out; a proxy may. */
  @Test
  void missingAuthorizationIsRefused() {
    HttpResponse<String> answer =
        UserOperation.DELETE
            .sample("deletes a user without Authorization")
            .given(AzureApiManagementProviderStates.USER)
            .withoutRequestHeader("Authorization")
            .gatewayError(
                401,
                "AuthenticationFailed",
                "Authentication failed. The 'Authorization' header is missing.")
            .header("WWW-Authenticate", CHALLENGE)
            .metBy(
                endpoint ->
                    HttpRequest.newBuilder(
                            URI.create(endpoint + USER + "?api-version=" + API_VERSION))
                        .header("x-ms-client-request-id", CLIENT_REQUEST_ID)
                        .header("If-Match", "*")
                        .method("DELETE", BodyPublishers.noBody())
                        .build());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"AuthenticationFailed\"");
  }

  // --- What belongs to a user

  @Test
  void makesSignOnUrl() {
    String url =
        "https://apimService1.portal.azure-api.net/signin-sso?token="
            + USER_ID
            + "%26201711301205%26"
            + SIGNATURE.replace("+", "%2b").replace("/", "%2f").replace("=", "%3d");
    String value =
        AzureApiManagementExpectation.of("User_GenerateSsoUrl", "makes a URL that signs a user on")
            .given(AzureApiManagementProviderStates.USER)
            .request("POST", USER + "/generateSsoUrl")
            .answer(200)
            .body(
                JsonBody.of("{\"value\": \"%s\"}".formatted(url))
                    .matching(
                        "value",
                        Expectation.literal(
                                "https://apimService1.portal.azure-api.net/signin-sso?token="
                                    + USER_ID)
                            + "%26\\d{12}%26([A-Za-z0-9]|%2b|%2f){86}%3d%3d")
                    .build())
            .met(client -> client.generateSsoUrl(USER_ID))
            .value()
            .getValue();

    assertThat(value).isEqualTo(url);
  }

  @Test
  void makesSharedAccessToken() {
    String token = USER_ID + "&201904210044&" + SIGNATURE;
    String value =
        AzureApiManagementExpectation.of(
                "User_GetSharedAccessToken", "makes a token with the documented key and expiry")
            .given(AzureApiManagementProviderStates.USER)
            .request("POST", USER + "/token")
            .sending(
                """
                {"properties": {"keyType": "primary", "expiry": "2019-04-21T00:44:24.2845269Z"}}
                """)
            .answer(200)
            .body(
                JsonBody.of("{\"value\": \"%s\"}".formatted(token))
                    .matching("value", USER_ID + "&201904210044&[A-Za-z0-9+/]{86}==")
                    .build())
            .met(
                client ->
                    client.getSharedAccessToken(
                        USER_ID, token(KeyType.PRIMARY, "2019-04-21T00:44:24.2845269Z")))
            .value()
            .getValue();

    assertThat(value).isEqualTo(token);
  }

  @Test
  void tokenForTooLongIsRefused() {
    Detail fault = fault("expiry", unmet("expiry"));
    ApiManagementException refusal =
        AzureApiManagementExpectation.of(
                "User_GetSharedAccessToken", "makes a token that is good for too long")
            .given(AzureApiManagementProviderStates.USER)
            .request("POST", USER + "/token")
            .sending(
                "{\"properties\": {\"keyType\": \"secondary\", \"expiry\": \"9999-12-31T23:59:59Z\"}}")
            .error(400, "ValidationError", VALIDATION_TEXT, fault)
            .refused(
                client ->
                    client.getSharedAccessToken(
                        USER_ID, token(KeyType.SECONDARY, "9999-12-31T23:59:59Z")));

    assertRefusal(refusal, 400, "ValidationError", VALIDATION_TEXT, fault);
  }

  @Test
  void listsIdentitiesOfUser() {
    UserIdentityCollection identities =
        AzureApiManagementExpectation.of("UserIdentities_List", "lists the identities of the owner")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("GET", OWNER + "/identities")
            .answer(200)
            .body(
                """
                {"value": [{"provider": "Azure", "id": "owner@contoso.example"}], "count": 1,
                  "nextLink": null}
                """)
            .met(client -> client.listUserIdentities("1"))
            .value();

    assertThat(identities.getCount()).isEqualTo(1);
    assertThat(identities.getNextLink()).isNull();
    assertThat(identities.getValue())
        .containsExactly(new UserIdentityContract().provider("Azure").id("owner@contoso.example"));
  }

  @Test
  void listsGroupsOfUserPageByPage() {
    String path = USER + "/groups";
    List<GroupContract> groups =
        AzureApiManagementExpectation.of(
                "UserGroup_List", "lists the first page of the groups of a user")
            .given(AzureApiManagementProviderStates.MEMBER)
            .request("GET", path)
            .query("$top", "1")
            .answer(200)
            .body(
                page(
                        "[%s]".formatted(group(USER, "users/groups", "developers", DEVELOPERS)),
                        2,
                        path + "?%24top=1&api-version=2022-08-01&%24skip=1")
                    .linking("nextLink", link(path))
                    .build())
            .then(
                AzureApiManagementExpectation.of(
                        "UserGroup_List", "lists the last page of the groups of a user")
                    .given(AzureApiManagementProviderStates.MEMBER)
                    .request("GET", path)
                    .query("$top", "1")
                    .query("$skip", "1")
                    .answer(200)
                    .body(
                        page("[%s]".formatted(group(USER, "users/groups", GROUP_ID, TESTERS)), 2)))
            .met(client -> listed(client.listAllUserGroups(USER_ID, ListOptions.none().top(1))));

    assertThat(groups).extracting(GroupContract::getName).containsExactly("developers", GROUP_ID);
    assertThat(groups).extracting(GroupContract::getId).first().isEqualTo(path + "/developers");
  }

  @Test
  void listsSubscriptionsOfUserPageByPage() {
    String path = OWNER + "/subscriptions";
    String ids = "[0-9a-f]{24}";
    List<SubscriptionContract> subscriptions =
        AzureApiManagementExpectation.of(
                "UserSubscription_List", "lists the first page of the owner's subscriptions")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("GET", path)
            .query("$top", "1")
            .answer(200)
            .body(
                page(
                        "[%s]".formatted(subscription("starter")),
                        2,
                        path + "?%24top=1&api-version=2022-08-01&%24skip=1")
                    .matching("id", Expectation.literal(path) + "/" + ids)
                    .matching("name", ids)
                    .linking("nextLink", link(path))
                    .build())
            .then(
                AzureApiManagementExpectation.of(
                        "UserSubscription_List", "lists the last page of the owner's subscriptions")
                    .given(AzureApiManagementProviderStates.SERVICE)
                    .request("GET", path)
                    .query("$top", "1")
                    .query("$skip", "1")
                    .answer(200)
                    .body(
                        sample(page("[%s]".formatted(subscription("unlimited")), 2))
                            .matching("id", Expectation.literal(path) + "/" + ids)
                            .matching("name", ids)
                            .build()))
            .met(client -> listed(client.listAllUserSubscriptions("1", ListOptions.none().top(1))));

    assertThat(subscriptions)
        .extracting(subscription -> subscription.getProperties().getScope())
        .containsExactly(SERVICE + "/products/starter", SERVICE + "/products/unlimited");
  }

  @Test
  void listsNoSubscriptions() {
    assertThat(
            AzureApiManagementExpectation.of(
                    "UserSubscription_List", "lists the subscriptions of a user without any")
                .given(AzureApiManagementProviderStates.USER)
                .request("GET", USER + "/subscriptions")
                .answer(200)
                .body(page("[]", 0))
                .met(client -> client.listUserSubscriptions(USER_ID))
                .value()
                .getValue())
        .isEmpty();
  }

  @Test
  void getsTheSubscriptionOfTheDocumentedSample() {
    ApiManagementResponse<SubscriptionContract> answer =
        AzureApiManagementExpectation.of("UserSubscription_Get", "gets the documented subscription")
            .given(AzureApiManagementProviderStates.OWNER_WITH_SUBSCRIPTION)
            .request("GET", OWNER + "/subscriptions/" + PRODUCT_SUBSCRIPTION)
            .answer(200)
            .shortTag()
            .body(subscription("starter"))
            .met(client -> client.getUserSubscription("1", PRODUCT_SUBSCRIPTION));

    assertAnswered(answer, 200, SHORT_TAG);
    SubscriptionContract subscription = answer.value();
    assertThat(subscription.getName()).isEqualTo(PRODUCT_SUBSCRIPTION);
    assertThat(subscription.getProperties().getOwnerId()).isEqualTo(OWNER);
    assertThat(subscription.getProperties().getState()).isEqualTo(SubscriptionState.ACTIVE);
    assertThat(subscription.getProperties().getEndDate()).isNull();
  }

  @Test
  void subscriptionOfNobodyIsRefused() {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of(
                "UserSubscription_Get", "gets a subscription that the user does not have")
            .given(AzureApiManagementProviderStates.USER)
            .request("GET", USER + "/subscriptions/" + PRODUCT_SUBSCRIPTION)
            .error(404, "ResourceNotFound", "Subscription not found.")
            .refused(client -> client.getUserSubscription(USER_ID, PRODUCT_SUBSCRIPTION));

    assertRefusal(refusal, 404, "ResourceNotFound", "Subscription not found.");
  }

  @Test
  void sendsPasswordConfirmation() {
    ApiManagementResponse<Void> answer =
        AzureApiManagementExpectation.of(
                "UserConfirmationPassword_Send", "sends a user the mail about the password")
            .given(AzureApiManagementProviderStates.USER)
            .request("POST", USER + "/confirmations/password/send")
            .query("appType", "developerPortal")
            .answer(204)
            .met(client -> client.sendPasswordConfirmation(USER_ID, AppType.DEVELOPER_PORTAL));

    assertAnswered(answer, 204, null);
  }

  // --- Groups

  @Test
  void listsGroupsPageByPage() {
    List<GroupContract> groups =
        AzureApiManagementExpectation.of(
                "Group_ListByService", "lists the first page of the groups")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("GET", GROUPS)
            .query("$top", "2")
            .answer(200)
            .body(
                page(
                        "[%s, %s]"
                            .formatted(
                                group(SERVICE, "groups", "administrators", ADMINISTRATORS),
                                group(SERVICE, "groups", "developers", DEVELOPERS)),
                        3,
                        GROUPS + "?%24top=2&api-version=2022-08-01&%24skip=2")
                    .linking("nextLink", link(GROUPS))
                    .build())
            .then(
                AzureApiManagementExpectation.of(
                        "Group_ListByService", "lists the last page of the groups")
                    .given(AzureApiManagementProviderStates.SERVICE)
                    .request("GET", GROUPS)
                    .query("$top", "2")
                    .query("$skip", "2")
                    .answer(200)
                    .body(page("[%s]".formatted(group(SERVICE, "groups", "guests", GUESTS)), 3)))
            .met(client -> listed(client.listAllGroups(ListOptions.none().top(2))));

    assertThat(groups)
        .extracting(GroupContract::getName)
        .containsExactly("administrators", "developers", "guests");
    assertThat(groups)
        .extracting(group -> group.getProperties().getType())
        .containsOnly(GroupType.SYSTEM);
  }

  @Test
  void listsGroupsOfOneName() {
    GroupCollection groups =
        AzureApiManagementExpectation.of("Group_ListByService", "lists the groups of one name")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("GET", GROUPS)
            .query("$filter", "startswith(displayName,'Test')")
            .answer(200)
            .body(page("[%s]".formatted(group(SERVICE, "groups", GROUP_ID, TESTERS)), 1))
            .met(
                client ->
                    client.listGroups(ListOptions.none().filter("startswith(displayName,'Test')")))
            .value();

    assertThat(groups.getValue()).extracting(GroupContract::getName).containsExactly(GROUP_ID);
  }

  @Test
  void versionOfGroupIsTold() {
    ApiManagementResponse<Optional<ETag>> answer =
        AzureApiManagementExpectation.of("Group_GetEntityTag", "asks for the version of a group")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("HEAD", GROUP)
            .answer(200)
            .shortTag()
            .met(client -> client.getGroupEntityTag(GROUP_ID));

    assertAnswered(answer, 200, SHORT_TAG);
    assertThat(answer.value()).contains(ETag.of(SHORT_TAG));
  }

  @Test
  void groupThatDoesNotExistIsToldSo() {
    ApiManagementResponse<Boolean> answer =
        AzureApiManagementExpectation.of(
                "Group_GetEntityTag", "asks for a group that does not exist")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("HEAD", GROUP)
            .answer(404)
            .met(client -> client.groupExists(GROUP_ID));

    assertThat(answer.value()).isFalse();
  }

  @Test
  void getsGroup() {
    ApiManagementResponse<GroupContract> answer =
        AzureApiManagementExpectation.of("Group_Get", "gets a group of the system")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("GET", GROUPS + "/developers")
            .answer(200)
            .shortTag()
            .body(group(SERVICE, "groups", "developers", DEVELOPERS))
            .met(client -> client.getGroup("developers"));

    assertAnswered(answer, 200, SHORT_TAG);
    assertThat(answer.value().getProperties().getBuiltIn()).isTrue();
    assertThat(answer.value().getProperties().getExternalId()).isNull();
  }

  @Test
  void unknownGroupIsRefused() {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of("Group_Get", "gets a group that does not exist")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("GET", GROUP)
            .error(404, "ResourceNotFound", "Group not found.")
            .refused(client -> client.getGroup(GROUP_ID));

    assertRefusal(refusal, 404, "ResourceNotFound", "Group not found.");
  }

  @Test
  void createsGroup() {
    ApiManagementResponse<GroupContract> answer =
        AzureApiManagementExpectation.of(
                "Group_CreateOrUpdate", "creates a group, if there is none")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("PUT", GROUP)
            .requestHeader("If-None-Match", "*")
            .sending("{\"properties\": {\"displayName\": \"Testers\"}}")
            .answer(201)
            .shortTag()
            .body(group(SERVICE, "groups", GROUP_ID, TESTERS))
            .met(client -> putGroup(client, PutCondition.ifAbsent()));

    assertAnswered(answer, 201, SHORT_TAG);
    assertThat(answer.value().getProperties().getType()).isEqualTo(GroupType.CUSTOM);
    assertThat(answer.value().getProperties().getDescription()).isNull();
  }

  @Test
  void writesGroupAnew() {
    ApiManagementResponse<GroupContract> answer =
        AzureApiManagementExpectation.of(
                "Group_CreateOrUpdate", "writes a group of the version that was read anew")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("PUT", GROUP)
            .requestHeader("If-Match", Expectation.stateValue(ProviderStates.ENTITY_TAG, SHORT_TAG))
            .sending("{\"properties\": {\"displayName\": \"Testers\"}}")
            .answer(200)
            .shortTag()
            .body(group(SERVICE, "groups", GROUP_ID, TESTERS))
            .met(client -> putGroup(client, PutCondition.ifMatch(ETag.of(SHORT_TAG))));

    assertAnswered(answer, 200, SHORT_TAG);
  }

  @Test
  void groupOfVersionThatIsGoneIsNotWrittenAnew() {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of(
                "Group_CreateOrUpdate", "writes a group of a version that is gone anew")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("PUT", GROUP)
            .requestHeader("If-Match", STALE_SHORT_TAG)
            .sending("{\"properties\": {\"displayName\": \"Testers\"}}")
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> putGroup(client, PutCondition.ifMatch(ETag.of(STALE_SHORT_TAG))));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
  }

  @Test
  void updatesGroup() {
    ApiManagementResponse<GroupContract> answer =
        AzureApiManagementExpectation.of(
                "Group_Update", "updates a group of the version that was read")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("PATCH", GROUP)
            .requestHeader("If-Match", Expectation.stateValue(ProviderStates.ENTITY_TAG, SHORT_TAG))
            .sending("{\"properties\": {\"displayName\": \"Checkers\", \"description\": null}}")
            .answer(200)
            .shortTag()
            .body(
                group(SERVICE, "groups", GROUP_ID, TESTERS.replace("\"Testers\"", "\"Checkers\"")))
            .met(client -> rename(client, GROUP_ID, SHORT_TAG));

    assertAnswered(answer, 200, SHORT_TAG);
    assertThat(answer.value().getProperties().getDisplayName()).isEqualTo("Checkers");
  }

  @Test
  void groupOfVersionThatIsGoneIsNotUpdated() {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of(
                "Group_Update", "updates a group of a version that is gone")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("PATCH", GROUP)
            .requestHeader("If-Match", STALE_SHORT_TAG)
            .sending("{\"properties\": {\"displayName\": \"Checkers\", \"description\": null}}")
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> rename(client, GROUP_ID, STALE_SHORT_TAG));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
  }

  @Test
  void groupOfTheSystemIsNotUpdated() {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of("Group_Update", "updates a group of the system")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("PATCH", GROUPS + "/developers")
            .requestHeader("If-Match", "*")
            .sending("{\"properties\": {\"displayName\": \"Checkers\", \"description\": null}}")
            .error(405, "MethodNotAllowed", "System entity cannot be modified")
            .refused(client -> rename(client, "developers", "*"));

    assertRefusal(refusal, 405, "MethodNotAllowed", "System entity cannot be modified");
  }

  @Test
  void deletesGroup() {
    ApiManagementResponse<Void> answer =
        AzureApiManagementExpectation.of(
                "Group_Delete", "deletes a group of the version that was read")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("DELETE", GROUP)
            .requestHeader("If-Match", Expectation.stateValue(ProviderStates.ENTITY_TAG, SHORT_TAG))
            .answer(200)
            .met(client -> client.deleteGroup(GROUP_ID, ETag.of(SHORT_TAG)));

    assertAnswered(answer, 200, null);
  }

  @Test
  void groupOfVersionThatIsGoneIsNotDeleted() {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of(
                "Group_Delete", "deletes a group of a version that is gone")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("DELETE", GROUP)
            .requestHeader("If-Match", STALE_SHORT_TAG)
            .error(412, "PreconditionFailed", PRECONDITION_TEXT)
            .refused(client -> client.deleteGroup(GROUP_ID, ETag.of(STALE_SHORT_TAG)));

    assertRefusal(refusal, 412, "PreconditionFailed", PRECONDITION_TEXT);
  }

  @Test
  void deletesNoGroup() {
    ApiManagementResponse<Void> answer =
        AzureApiManagementExpectation.of("Group_Delete", "deletes a group that does not exist")
            .given(AzureApiManagementProviderStates.SERVICE)
            .request("DELETE", GROUP)
            .requestHeader("If-Match", "*")
            .answer(204)
            .met(client -> client.deleteGroup(GROUP_ID, ETag.ANY));

    assertAnswered(answer, 204, null);
  }

  @Test
  void listsMembers() {
    UserCollection members =
        AzureApiManagementExpectation.of("GroupUser_List", "lists the members of a group")
            .given(AzureApiManagementProviderStates.MEMBER)
            .request("GET", GROUP + "/users")
            .query("$filter", "lastName eq 'bar'")
            .query("$top", "10")
            .answer(200)
            .body(page("[%s]".formatted(member(documented(""))), 1))
            .met(
                client ->
                    client.listGroupUsers(
                        GROUP_ID, ListOptions.none().filter("lastName eq 'bar'").top(10)))
            .value();

    assertThat(members.getValue()).extracting(UserContract::getId).containsExactly(MEMBER);
  }

  @Test
  void listsNoMembers() {
    UserCollection members =
        AzureApiManagementExpectation.of("GroupUser_List", "lists the members of an empty group")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("GET", GROUP + "/users")
            .answer(200)
            .body(page("[]", 0))
            .met(client -> client.listGroupUsers(GROUP_ID))
            .value();

    assertThat(members.getValue()).isEmpty();
  }

  @Test
  void memberIsToldSo() {
    ApiManagementResponse<Boolean> answer =
        AzureApiManagementExpectation.of(
                "GroupUser_CheckEntityExists", "asks whether a member is in a group")
            .given(AzureApiManagementProviderStates.MEMBER)
            .request("HEAD", MEMBER)
            .answer(204)
            .met(client -> client.groupUserExists(GROUP_ID, USER_ID));

    assertAnswered(answer, 204, null);
    assertThat(answer.value()).isTrue();
  }

  @Test
  void whoIsNoMemberIsToldSo() {
    ApiManagementResponse<Boolean> answer =
        AzureApiManagementExpectation.of(
                "GroupUser_CheckEntityExists", "asks whether another user is in a group")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("HEAD", MEMBER)
            .answer(404)
            .met(client -> client.groupUserExists(GROUP_ID, USER_ID));

    assertAnswered(answer, 404, null);
    assertThat(answer.value()).isFalse();
  }

  @Test
  void addsMember() {
    ApiManagementResponse<UserContract> answer =
        AzureApiManagementExpectation.of("GroupUser_Create", "adds a user to a group")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("PUT", MEMBER)
            .answer(201)
            .shortTag()
            .body(member(NEW_MEMBER))
            .met(client -> client.addGroupUser(GROUP_ID, USER_ID));

    assertAnswered(answer, 201, SHORT_TAG);
    assertThat(answer.value().getType()).isEqualTo("Microsoft.ApiManagement/service/groups/users");
    assertThat(answer.value().getProperties().getGroups()).isEmpty();
    assertThat(answer.value().getProperties().getIdentities()).isEmpty();
  }

  @Test
  void memberIsAddedAgain() {
    ApiManagementResponse<UserContract> answer =
        AzureApiManagementExpectation.of("GroupUser_Create", "adds a user who is in the group")
            .given(AzureApiManagementProviderStates.MEMBER)
            .request("PUT", MEMBER)
            .answer(200)
            .shortTag()
            .body(member(NEW_MEMBER))
            .met(client -> client.addGroupUser(GROUP_ID, USER_ID));

    assertAnswered(answer, 200, SHORT_TAG);
  }

  @Test
  void groupOfTheSystemTakesNoMembers() {
    ApiManagementException refusal =
        AzureApiManagementExpectation.of("GroupUser_Create", "adds a user to a group of the system")
            .given(AzureApiManagementProviderStates.USER)
            .request("PUT", GROUPS + "/administrators/users/" + USER_ID)
            .error(405, "MethodNotAllowed", "System entity cannot be modified")
            .refused(client -> client.addGroupUser("administrators", USER_ID));

    assertRefusal(refusal, 405, "MethodNotAllowed", "System entity cannot be modified");
  }

  @Test
  void removesMember() {
    ApiManagementResponse<Void> answer =
        AzureApiManagementExpectation.of("GroupUser_Delete", "takes a user out of a group")
            .given(AzureApiManagementProviderStates.MEMBER)
            .request("DELETE", MEMBER)
            .answer(200)
            .met(client -> client.removeGroupUser(GROUP_ID, USER_ID));

    assertAnswered(answer, 200, null);
  }

  @Test
  void removesNobody() {
    ApiManagementResponse<Void> answer =
        AzureApiManagementExpectation.of("GroupUser_Delete", "takes a user out who is not in")
            .given(AzureApiManagementProviderStates.GROUP)
            .request("DELETE", MEMBER)
            .answer(204)
            .met(client -> client.removeGroupUser(GROUP_ID, USER_ID));

    assertAnswered(answer, 204, null);
  }

  // --- The service

  private static final String SERVICE_PARAMETERS =
      """
      {"location": "West US", "tags": {"stage": "test"},
       "sku": {"name": "Developer", "capacity": 1},
       "properties": {"publisherEmail": "owner@contoso.example", "publisherName": "Contoso"}}
      """;

  private static ApiManagementServiceParameters serviceParameters() {
    return new ApiManagementServiceParameters()
        .location("West US")
        .putTagsItem("stage", "test")
        .sku(new ApiManagementServiceSkuProperties().name("Developer").capacity(1))
        .properties(
            new ApiManagementServiceParametersProperties()
                .publisherEmail("owner@contoso.example")
                .publisherName("Contoso"));
  }

  private static final String SERVICE_SAMPLE =
      """
      {"id": "%s", "name": "apimService1", "type": "Microsoft.ApiManagement/service",
       "tags": {"stage": "test"}, "location": "West US", "etag": "AAAAAAAHRdg=",
       "properties": {"publisherEmail": "owner@contoso.example", "publisherName": "Contoso",
         "notificationSenderEmail": "apimgmt-noreply@mail.windowsazure.com",
         "provisioningState": "Succeeded", "targetProvisioningState": "",
         "createdAtUtc": "2017-06-02T17:40:21.582Z",
         "gatewayUrl": "https://apimService1.azure-api.net",
         "portalUrl": "https://apimService1.portal.azure-api.net",
         "developerPortalUrl": "https://apimService1.developer.azure-api.net",
         "managementApiUrl": "https://apimService1.management.azure-api.net",
         "scmUrl": "https://apimService1.scm.azure-api.net"},
       "sku": {"name": "Developer", "capacity": 1}}
      """
          .formatted(SERVICE);

  @Test
  void createsService() {
    ApiManagementResponse<ApiManagementServiceResource> answer =
        service("PUT", "ApiManagementService_CreateOrUpdate", "creates the service")
            .given(AzureApiManagementProviderStates.NO_SUBSCRIPTION)
            .sending(SERVICE_PARAMETERS)
            .answer(201)
            .shortTag()
            .body(SERVICE_SAMPLE)
            .met(client -> client.createOrUpdateService(serviceParameters()));

    assertAnswered(answer, 201, SHORT_TAG);
    assertThat(answer.value().getProperties().getProvisioningState()).isEqualTo("Succeeded");
  }

  @Test
  void writesServiceAnew() {
    ApiManagementResponse<ApiManagementServiceResource> answer =
        service("PUT", "ApiManagementService_CreateOrUpdate", "writes the service anew")
            .given(AzureApiManagementProviderStates.SERVICE)
            .sending(SERVICE_PARAMETERS)
            .answer(200)
            .shortTag()
            .body(SERVICE_SAMPLE)
            .met(client -> client.createOrUpdateService(serviceParameters()));

    assertAnswered(answer, 200, SHORT_TAG);
  }

  @Test
  void getsService() {
    ApiManagementResponse<ApiManagementServiceResource> answer =
        service("GET", "ApiManagementService_Get", "gets the service")
            .given(AzureApiManagementProviderStates.SERVICE)
            .answer(200)
            .shortTag()
            .body(SERVICE_SAMPLE)
            .met(ApiManagementClient::getService);

    assertAnswered(answer, 200, SHORT_TAG);
    ApiManagementServiceResource service = answer.value();
    assertThat(service.getId()).isEqualTo(SERVICE);
    assertThat(service.getEtag()).isEqualTo("AAAAAAAHRdg=");
    assertThat(service.getSku().getName()).isEqualTo("Developer");
    assertThat(service.getTags()).containsExactly(entry("stage", "test"));
  }

  @Test
  void unknownServiceIsRefused() {
    ApiManagementException refusal =
        service("GET", "ApiManagementService_Get", "gets a service that does not exist")
            .given(AzureApiManagementProviderStates.NO_SERVICE)
            .gatewayError(404, "ResourceNotFound", Obstacle.NO_SERVICE.text)
            .refused(ApiManagementClient::getService);

    assertRefusal(refusal, 404, "ResourceNotFound", Obstacle.NO_SERVICE.text);
    assertThat(refusal.failureCause()).isEqualTo("gateway");
  }

  @Test
  void deletesService() {
    ApiManagementResponse<Void> answer =
        service("DELETE", "ApiManagementService_Delete", "deletes the service")
            .given(AzureApiManagementProviderStates.MEMBER)
            .answer(200)
            .met(ApiManagementClient::deleteService);

    assertAnswered(answer, 200, null);
  }

  @Test
  void deletesNoService() {
    ApiManagementResponse<Void> answer =
        service("DELETE", "ApiManagementService_Delete", "deletes a service that does not exist")
            .given(AzureApiManagementProviderStates.NO_SERVICE)
            .answer(204)
            .met(ApiManagementClient::deleteService);

    assertAnswered(answer, 204, null);
  }

  // --- Parts

  private static final String EMAIL_IN_PATH = "alice%2Btest%40contoso.example";

  private static final String CHALLENGE =
      "Bearer authorization_uri=\"https://login.windows.net/11111111-2222-3333-4444-555555555555\","
          + " error=\"invalid_token\", error_description=\"The authentication failed because of"
          + " missing 'Authorization' header.\"";

  private static final String OWNER_SAMPLE =
      user(
          "1",
          """
          "firstName": "Administrator", "lastName": "", "email": "owner@contoso.example",
          "state": "active", "registrationDate": "2017-06-02T17:40:21.58Z", "note": null,
          "identities": [{"provider": "Azure", "id": "owner@contoso.example"}]
          """);

  private static final String ADMINISTRATORS =
      systemGroup(
          "Administrators", "Microsoft Azure subscription administrators fall into this group.");
  private static final String DEVELOPERS =
      systemGroup("Developers", "Signed-in users fall into this group.");
  private static final String GUESTS =
      systemGroup(
          "Guests", "Unauthenticated users visiting the developer portal fall into this group.");
  private static final String TESTERS =
      """
      "displayName": "Testers", "description": null, "builtIn": false, "type": "custom",
      "externalId": null
      """;

  /** As a group stands inside a user, with its id, and its name a second time. */
  private static final String DEVELOPERS_INSIDE_USER =
      "{\"id\": \"%s/developers\", \"name\": \"Developers\", %s}".formatted(GROUPS, DEVELOPERS);

  private static final String NEW_MEMBER =
      """
      "firstName": "foo", "lastName": "bar", "email": "foobar@outlook.com", "state": "active",
      "registrationDate": "2017-06-02T17:58:50.357Z", "note": null, "groups": [], "identities": []
      """;

  private static String systemGroup(String name, String members) {
    return """
        "displayName": "%1$s", "description": "%1$s is a built-in group. Its membership is managed \
        by the system. %2$s", "builtIn": true, "type": "system", "externalId": null
        """
        .formatted(name, members);
  }

  /** A group as it stands below a service or a user. */
  private static String group(String parent, String type, String id, String properties) {
    return """
        {"id": "%1$s/groups/%3$s", "type": "Microsoft.ApiManagement/service/%2$s", "name": "%3$s",
         "properties": {%4$s}}
        """
        .formatted(parent, type, id, properties);
  }

  private static String user(String id, String properties) {
    return """
        {"id": "%1$s/%2$s", "type": "Microsoft.ApiManagement/service/users", "name": "%2$s",
         "properties": {%3$s}}
        """
        .formatted(USERS, id, properties);
  }

  private static String member(String properties) {
    return """
        {"id": "%s", "type": "Microsoft.ApiManagement/service/groups/users", "name": "%s",
         "properties": {%s}}
        """
        .formatted(MEMBER, USER_ID, properties);
  }

  /** The properties of the documented user. */
  private static String documented(String groups) {
    return """
        "firstName": "foo", "lastName": "bar", "email": "foobar@outlook.com", "state": "active",
        "registrationDate": "2017-06-02T17:58:50.357Z", "note": null, %s
        "identities": [{"provider": "Microsoft", "id": "*************"}]
        """
        .formatted(groups);
  }

  private static String blocked(String groups) {
    return user(USER_ID, documented(groups).replace("\"active\"", "\"blocked\""));
  }

  /** The documented user after a PUT of the newcomer. */
  private static String rewritten() {
    return user(
        USER_ID,
        documented("\"groups\": [%s],".formatted(DEVELOPERS_INSIDE_USER))
            .replace("foobar@outlook.com", "newcomer@contoso.example"));
  }

  private static String subscription(String product) {
    return """
        {"id": "%1$s/subscriptions/%2$s",
         "type": "Microsoft.ApiManagement/service/users/subscriptions", "name": "%2$s",
         "properties": {"ownerId": "%1$s", "scope": "%3$s/products/%4$s", "displayName": null,
           "state": "active", "createdDate": "2020-11-09T21:11:50.58Z", "startDate": null,
           "expirationDate": null, "endDate": null, "notificationDate": null,
           "stateComment": null, "allowTracing": true}}
        """
        .formatted(OWNER, PRODUCT_SUBSCRIPTION, SERVICE, product);
  }

  private static String page(String value, int count) {
    return "{\"value\": %s, \"count\": %d}".formatted(value, count);
  }

  /** A page with a link to the next one. */
  private static JsonBody page(String value, int count, String nextLink) {
    // Without the slash at the beginning, as the server stands before it.
    return sample(
        "{\"value\": %s, \"count\": %d, \"nextLink\": \"%s\"}"
            .formatted(value, count, nextLink.substring(1)));
  }

  /** The pattern of links to further pages; the order of their parameters is the caller's. */
  private static String link(String path) {
    return Expectation.literal(path.substring(1)) + "\\?.+&%24skip=[12]";
  }

  private static AzureApiManagementExpectation update(String description) {
    return AzureApiManagementExpectation.of("User_Update", description).request("PATCH", USER);
  }

  private static AzureApiManagementExpectation service(
      String method, String operationId, String description) {
    return AzureApiManagementExpectation.of(operationId, description).request(method, SERVICE);
  }

  private static UserContract update(
      ApiManagementClient client, UserUpdateParametersProperties properties) {
    return client.updateUser(USER_ID, ETag.ANY, changes(properties)).value();
  }

  private static ApiManagementResponse<UserContract> block(ApiManagementClient client, String tag) {
    return client.updateUser(
        USER_ID,
        ETag.of(tag),
        changes(new UserUpdateParametersProperties().state(UserState.BLOCKED)));
  }

  private static ApiManagementResponse<UserContract> put(
      ApiManagementClient client, PutCondition condition) {
    return client.createOrUpdateUser(USER_ID, newcomer(), condition);
  }

  private static ApiManagementResponse<GroupContract> putGroup(
      ApiManagementClient client, PutCondition condition) {
    return client.createOrUpdateGroup(
        GROUP_ID,
        new GroupCreateParameters()
            .properties(new GroupCreateParametersProperties().displayName("Testers")),
        condition);
  }

  private static ApiManagementResponse<GroupContract> rename(
      ApiManagementClient client, String groupId, String tag) {
    return client.updateGroup(
        groupId,
        ETag.of(tag),
        new GroupUpdateParameters()
            .properties(
                new GroupUpdateParametersProperties().displayName("Checkers").description(null)));
  }

  private static UserTokenParameters token(KeyType key, String expiry) {
    return new UserTokenParameters()
        .properties(
            new UserTokenParameterProperties().keyType(key).expiry(OffsetDateTime.parse(expiry)));
  }

  private static Detail fault(String target, String message) {
    return new Detail(target, "ValidationError", message);
  }

  private static String tooLong(String target, int longest, int length) {
    return "The length of '%s' must be %d characters or fewer. You entered %d characters."
        .formatted(target, longest, length);
  }

  private static String unmet(String name) {
    return "The specified condition was not met for '%s'.".formatted(name);
  }

  private static <T> List<T> listed(Iterable<T> entries) {
    return StreamSupport.stream(entries.spliterator(), false).toList();
  }

  private static void assertDevelopersInsideUser(GroupContractProperties group) {
    assertThat(group.getId()).isEqualTo(GROUPS + "/developers");
    assertThat(group.getName()).isEqualTo("Developers");
    assertThat(group.getDisplayName()).isEqualTo("Developers");
    assertThat(group.getType()).isEqualTo(GroupType.SYSTEM);
  }

  private static void assertAnswered(ApiManagementResponse<?> answer, int status, String tag) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.eTag()).isEqualTo(tag == null ? null : ETag.of(tag));
    assertThat(answer.requestId()).isEqualTo(REQUEST_ID);
    assertThat(answer.correlationId()).isEqualTo(CORRELATION_ID);
    assertThat(answer.clientRequestId()).matches(Expectation.UUID);
  }

  private static void assertRefusal(
      ApiManagementException refusal, int status, String code, String text, Detail... details) {
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.text()).isEqualTo(text);
    assertThat(refusal.details()).containsExactly(details);
    assertThat(refusal.requestId()).isEqualTo(REQUEST_ID);
    assertThat(refusal.correlationId()).isEqualTo(CORRELATION_ID);
  }
}
