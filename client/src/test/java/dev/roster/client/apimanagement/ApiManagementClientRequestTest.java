package dev.roster.client.apimanagement;

import static dev.roster.client.apimanagement.ApiManagementUnderTest.SERVICE;
import static dev.roster.client.apimanagement.ApiManagementUnderTest.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.apimanagement.model.ApiManagementServiceParameters;
import dev.roster.client.apimanagement.model.ApiManagementServiceParametersProperties;
import dev.roster.client.apimanagement.model.ApiManagementServiceSkuProperties;
import dev.roster.client.apimanagement.model.AppType;
import dev.roster.client.apimanagement.model.Confirmation;
import dev.roster.client.apimanagement.model.GroupCreateParameters;
import dev.roster.client.apimanagement.model.GroupCreateParametersProperties;
import dev.roster.client.apimanagement.model.GroupUpdateParameters;
import dev.roster.client.apimanagement.model.GroupUpdateParametersProperties;
import dev.roster.client.apimanagement.model.KeyType;
import dev.roster.client.apimanagement.model.UserCreateParameterProperties;
import dev.roster.client.apimanagement.model.UserCreateParameters;
import dev.roster.client.apimanagement.model.UserIdentityContract;
import dev.roster.client.apimanagement.model.UserState;
import dev.roster.client.apimanagement.model.UserTokenParameterProperties;
import dev.roster.client.apimanagement.model.UserTokenParameters;
import dev.roster.client.apimanagement.model.UserUpdateParameters;
import dev.roster.client.apimanagement.model.UserUpdateParametersProperties;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.RequestsOfEveryClient;
import dev.roster.client.http.TokensOfBearerClients;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiManagementClientRequestTest extends ApiManagementClientTest
    implements RequestsOfEveryClient, TokensOfBearerClients {

  private static final ETag TAG = ETag.of("\"AAAAAAAAC/k=\"");

  @Override
  public List<NamedCall> callsWithNames() {
    return List.of(
        new NamedCall("GET " + SERVICE + "/users/NAME" + VERSION, name -> client.getUser(name)),
        new NamedCall("HEAD " + SERVICE + "/users/NAME" + VERSION, name -> client.userExists(name)),
        new NamedCall(
            "PATCH " + SERVICE + "/users/NAME" + VERSION,
            name -> client.updateUser(name, ETag.ANY, new UserUpdateParameters())),
        new NamedCall(
            "DELETE " + SERVICE + "/users/NAME" + VERSION,
            name -> client.deleteUser(name, ETag.ANY)),
        new NamedCall(
            "GET " + SERVICE + "/users/NAME/subscriptions/NAME" + VERSION,
            name -> client.getUserSubscription(name, name)),
        new NamedCall(
            "HEAD " + SERVICE + "/groups/NAME" + VERSION, name -> client.getGroupEntityTag(name)),
        new NamedCall(
            "PUT " + SERVICE + "/groups/NAME/users/NAME" + VERSION,
            name -> client.addGroupUser(name, name)),
        new NamedCall(
            "DELETE " + SERVICE + "/groups/g/users/NAME" + VERSION,
            name -> client.removeGroupUser("g", name)),
        new NamedCall(
            "GET /subscriptions/NAME/resourceGroups/NAME/providers/Microsoft.ApiManagement"
                + "/service/NAME"
                + VERSION,
            name ->
                api.client()
                    .subscriptionId(name)
                    .resourceGroup(name)
                    .serviceName(name)
                    .build()
                    .getService()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "\uD83D"})
  void namesThatNoUrlCanCarryAreRefusedBeforeAListIsRead(String name) {
    List<Consumer<ApiManagementClient>> calls =
        List.of(
            c -> c.listAllUserGroups(name),
            c -> c.listAllUserSubscriptions(name),
            c -> c.listAllGroupUsers(name));

    for (Consumer<ApiManagementClient> call : calls) {
      assertThatThrownBy(() -> call.accept(client))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("A URL cannot carry the id or name '" + name + "'");
    }
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        operation("GET", "/users", ApiManagementClient::listUsers),
        operation("HEAD", "/users/u", c -> c.userExists("u")),
        operation("HEAD", "/users/u", c -> c.getUserEntityTag("u")),
        operation("GET", "/users/u", c -> c.getUser("u")),
        operation(
            "PUT",
            "/users/u",
            "{}",
            null,
            c -> c.createOrUpdateUser("u", new UserCreateParameters())),
        operation(
            "PATCH",
            "/users/u",
            "{}",
            TAG,
            c -> c.updateUser("u", TAG, new UserUpdateParameters())),
        operation("DELETE", "/users/u", "", TAG, c -> c.deleteUser("u", TAG)),
        operation("POST", "/users/u/generateSsoUrl", c -> c.generateSsoUrl("u")),
        operation(
            "POST",
            "/users/u/token",
            "{\"properties\":{\"keyType\":\"primary\",\"expiry\":\"2019-04-21T00:44:24.2845269Z\"}}",
            null,
            c ->
                c.getSharedAccessToken(
                    "u",
                    new UserTokenParameters()
                        .properties(
                            new UserTokenParameterProperties()
                                .keyType(KeyType.PRIMARY)
                                .expiry(OffsetDateTime.parse("2019-04-21T00:44:24.2845269Z"))))),
        operation("GET", "/users/u/identities", c -> c.listUserIdentities("u")),
        operation("GET", "/users/u/groups", c -> c.listUserGroups("u")),
        operation("GET", "/users/u/subscriptions", c -> c.listUserSubscriptions("u")),
        operation("GET", "/users/u/subscriptions/s", c -> c.getUserSubscription("u", "s")),
        operation(
            "POST", "/users/u/confirmations/password/send", c -> c.sendPasswordConfirmation("u")),
        operation("GET", "/groups", ApiManagementClient::listGroups),
        operation("HEAD", "/groups/g", c -> c.groupExists("g")),
        operation("HEAD", "/groups/g", c -> c.getGroupEntityTag("g")),
        operation("GET", "/groups/g", c -> c.getGroup("g")),
        operation(
            "PUT",
            "/groups/g",
            "{\"properties\":{\"displayName\":\"Testers\"}}",
            null,
            c ->
                c.createOrUpdateGroup(
                    "g",
                    new GroupCreateParameters()
                        .properties(new GroupCreateParametersProperties().displayName("Testers")))),
        operation(
            "PATCH",
            "/groups/g",
            "{}",
            TAG,
            c -> c.updateGroup("g", TAG, new GroupUpdateParameters())),
        operation("DELETE", "/groups/g", "", TAG, c -> c.deleteGroup("g", TAG)),
        operation("GET", "/groups/g/users", c -> c.listGroupUsers("g")),
        operation("HEAD", "/groups/g/users/u", c -> c.groupUserExists("g", "u")),
        operation("PUT", "/groups/g/users/u", c -> c.addGroupUser("g", "u")),
        operation("DELETE", "/groups/g/users/u", c -> c.removeGroupUser("g", "u")),
        operation(
            "PUT",
            "",
            "{\"location\":\"West US\",\"sku\":{\"name\":\"Developer\",\"capacity\":1},"
                + "\"properties\":{\"publisherEmail\":\"owner@contoso.example\","
                + "\"publisherName\":\"Contoso\"}}",
            null,
            c ->
                c.createOrUpdateService(
                    new ApiManagementServiceParameters()
                        .location("West US")
                        .sku(new ApiManagementServiceSkuProperties().name("Developer").capacity(1))
                        .properties(
                            new ApiManagementServiceParametersProperties()
                                .publisherEmail("owner@contoso.example")
                                .publisherName("Contoso")))),
        operation("GET", "", ApiManagementClient::getService),
        operation("DELETE", "", ApiManagementClient::deleteService));
  }

  private static Arguments operation(
      String method, String path, Consumer<ApiManagementClient> call) {
    return operation(method, path, "", null, call);
  }

  private static Arguments operation(
      String method, String path, String body, ETag ifMatch, Consumer<ApiManagementClient> call) {
    return Arguments.of(method + " " + SERVICE + path + VERSION, body, ifMatch, call);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("operations")
  void everyOperationIsOneRequest(
      String line, String body, ETag ifMatch, Consumer<ApiManagementClient> call) {
    call.accept(client);

    assertOneRequest(line, body, "application/json");
    Received request = service.last();
    assertThat(request.header("Accept")).isEqualTo("application/json");
    assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken-of-mine");
    assertThat(UUID.fromString(request.header("x-ms-client-request-id")))
        .hasToString(request.header("x-ms-client-request-id"));
    assertThat(request.header("If-Match")).isEqualTo(ifMatch == null ? null : ifMatch.value());
    assertThat(request.header("If-None-Match")).isNull();
  }

  @Test
  void changesWithoutAnETagAreRefusedUnsent() {
    assertThatThrownBy(() -> client.updateUser("u", null, new UserUpdateParameters()))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("ifMatch");
    assertThatThrownBy(() -> client.deleteUser("u", null))
        .isExactlyInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> client.updateGroup("g", null, new GroupUpdateParameters()))
        .isExactlyInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> client.deleteGroup("g", null))
        .isExactlyInstanceOf(NullPointerException.class);
    assertThat(service.all()).isEmpty();
  }

  @Test
  void listOptionsBecomeQueryParameters() {
    ListOptions options = ListOptions.none().filter("email eq 'a+b&c@d'").top(7).skip(3);

    client.listUsers(options.expandGroups(true));
    client.listGroups(options);
    client.listGroupUsers("g", options);
    client.listUserGroups("u", options);
    client.listUserSubscriptions("u", options);

    String query =
        "api-version=2022-08-01&%24filter=email%20eq%20%27a%2Bb%26c%40d%27&%24top=7&%24skip=3";
    assertThat(service.all())
        .extracting(request -> request.uri().replace(SERVICE, ""))
        .containsExactly(
            "/users?" + query + "&expandGroups=true",
            "/groups?" + query,
            "/groups/g/users?" + query,
            "/users/u/groups?" + query,
            "/users/u/subscriptions?" + query);
  }

  @Test
  void onlyUsersOfTheServiceAreListedWithGroups() {
    ListOptions options = ListOptions.none().expandGroups(true);
    List<Consumer<ApiManagementClient>> calls =
        List.of(
            c -> c.listGroups(options),
            c -> c.listAllGroups(options),
            c -> c.listGroupUsers("g", options),
            c -> c.listAllGroupUsers("g", options),
            c -> c.listUserGroups("u", options),
            c -> c.listUserSubscriptions("u", options));

    for (Consumer<ApiManagementClient> call : calls) {
      assertThatThrownBy(() -> call.accept(client))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("Only the users of the service can be listed with groups");
    }
    assertThat(service.all()).isEmpty();
  }

  @Test
  void conditionsOfAPutBecomeHeaders() {
    UserCreateParameters user = new UserCreateParameters();
    GroupCreateParameters group = new GroupCreateParameters();

    client.createOrUpdateUser("u", user, PutCondition.ifMatch(TAG));
    client.createOrUpdateUser("u", user, PutCondition.ifMatch(ETag.ANY), false);
    client.createOrUpdateUser("u", user, PutCondition.ifAbsent(), true);
    client.createOrUpdateGroup("g", group, PutCondition.ifMatch(TAG));
    client.createOrUpdateGroup("g", group, PutCondition.ifAbsent());

    assertThat(service.all())
        .extracting(request -> request.header("If-Match"))
        .containsExactly(TAG.value(), "*", null, TAG.value(), null);
    assertThat(service.all())
        .extracting(request -> request.header("If-None-Match"))
        .containsExactly(null, null, "*", null, "*");
    assertThat(service.all())
        .extracting(request -> request.uri().replaceAll(".*2022-08-01", ""))
        .containsExactly("", "&notify=false", "&notify=true", "", "");
  }

  @Test
  void optionsOfADeleteBecomeQueryParameters() {
    client.deleteUser(
        "u",
        ETag.ANY,
        DeleteUserOptions.none()
            .deleteSubscriptions(true)
            .notifyUser(false)
            .appType(AppType.DEVELOPER_PORTAL));
    client.sendPasswordConfirmation("u", AppType.PORTAL);

    assertThat(service.all())
        .extracting(Received::line)
        .containsExactly(
            "DELETE "
                + SERVICE
                + "/users/u"
                + VERSION
                + "&deleteSubscriptions=true&notify=false&appType=developerPortal",
            "POST "
                + SERVICE
                + "/users/u/confirmations/password/send"
                + VERSION
                + "&appType=portal");
    assertThat(service.all().get(0).header("If-Match")).isEqualTo("*");
  }

  @Test
  void basePathAndVersionAreSent() {
    api.client()
        .endpoint(service.endpoint() + "/arm/")
        .apiVersion("2024-05-01")
        .build()
        .getUser("u");

    assertThat(service.last().line())
        .isEqualTo("GET /arm" + SERVICE + "/users/u?api-version=2024-05-01");
  }

  @Test
  void userIsCreatedWithoutWhatIsUnset() {
    client.createOrUpdateUser(
        "u",
        new UserCreateParameters()
            .properties(
                new UserCreateParameterProperties()
                    .email("a@contoso.example")
                    .firstName("ünï")
                    .lastName("bar")
                    .confirmation(Confirmation.SIGNUP)));

    assertThat(service.last().body())
        .isEqualTo(
            "{\"properties\":{\"email\":\"a@contoso.example\",\"firstName\":\"ünï\","
                + "\"lastName\":\"bar\",\"confirmation\":\"signup\"}}");
  }

  @Test
  void userIsCreatedWithAllThatIsSet() {
    client.createOrUpdateUser(
        "u",
        new UserCreateParameters()
            .properties(
                new UserCreateParameterProperties()
                    .email("a@contoso.example")
                    .firstName("foo")
                    .lastName("bar")
                    .password("12345")
                    .state(UserState.PENDING)
                    .note("n")
                    .addIdentitiesItem(new UserIdentityContract().provider("Aad").id("1"))
                    .appType(AppType.DEVELOPER_PORTAL)));

    assertThat(service.last().body())
        .isEqualTo(
            "{\"properties\":{\"email\":\"a@contoso.example\",\"firstName\":\"foo\","
                + "\"lastName\":\"bar\",\"password\":\"12345\",\"state\":\"pending\",\"note\":\"n\","
                + "\"identities\":[{\"provider\":\"Aad\",\"id\":\"1\"}],"
                + "\"appType\":\"developerPortal\"}}");
  }

  @Test
  void unsetMembersOfAPatchAreNotSentAndNullOnesAre() {
    assertThat(patched(new UserUpdateParametersProperties())).isEqualTo("{\"properties\":{}}");
    assertThat(patched(new UserUpdateParametersProperties().state(UserState.BLOCKED)))
        .isEqualTo("{\"properties\":{\"state\":\"blocked\"}}");
    assertThat(patched(new UserUpdateParametersProperties().note(null)))
        .isEqualTo("{\"properties\":{\"note\":null}}");
    assertThat(patched(new UserUpdateParametersProperties().note("").identities(List.of())))
        .isEqualTo("{\"properties\":{\"note\":\"\",\"identities\":[]}}");
    assertThat(
            patched(
                new UserUpdateParametersProperties()
                    .email(null)
                    .firstName(null)
                    .lastName(null)
                    .password(null)
                    .state(null)
                    .note(null)
                    .identities(null)))
        .isEqualTo(
            "{\"properties\":{\"email\":null,\"firstName\":null,\"lastName\":null,"
                + "\"password\":null,\"state\":null,\"note\":null,\"identities\":null}}");
  }

  private String patched(UserUpdateParametersProperties properties) {
    client.updateUser("u", ETag.ANY, new UserUpdateParameters().properties(properties));
    return service.last().body();
  }

  @Test
  void groupIsChangedWithoutWhatIsUnset() {
    client.updateGroup(
        "g",
        ETag.ANY,
        new GroupUpdateParameters()
            .properties(
                new GroupUpdateParametersProperties().displayName("Testers").description(null)));

    assertThat(service.last().body())
        .isEqualTo("{\"properties\":{\"displayName\":\"Testers\",\"description\":null}}");
  }
}
