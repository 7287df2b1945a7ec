package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.RequestsOfEveryClient;
import dev.roster.client.nimble.model.NimbleArray;
import dev.roster.client.nimble.model.NsUserRoles;
import dev.roster.client.nimble.model.TokenFilter;
import dev.roster.client.nimble.model.User;
import dev.roster.client.nimble.model.UserCreate;
import dev.roster.client.nimble.model.UserFilter;
import dev.roster.client.nimble.model.UserList;
import dev.roster.client.nimble.model.UserUpdate;
import dev.roster.client.nimble.model.Version;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NimbleClientRequestTest extends NimbleClientTest implements RequestsOfEveryClient {

  private static final String ID = FakeArray.USER_ID;
  private static final String TOKEN_ID = "1900000000000004d3000000000000000000000009";
  private static final String USER =
      """
      {"data":{"id":"1000000000000004d3000000000000000000000003","name":"user729060021",
       "search_name":" (user729060021)","description":"d",
       "role_id":"1500000000000004d3000000000000000000000004","role":"guest",
       "inactivity_timeout":0,"creation_time":1426801551,"last_modified":1426801552,
       "full_name":"","email_addr":"","disabled":false,"last_login":0,"last_logout":0,
       "logged_in":false,"auth_lock":true}}\
      """;
  private static final String PAGE = "{\"data\":[],\"startRow\":0,\"endRow\":0,\"totalRows\":0}";

  @Override
  public List<NamedCall> callsWithNames() {
    return List.of(
        new NamedCall("GET /v1/users/NAME", name -> client.readUser(name)),
        new NamedCall("PUT /v1/users/NAME", name -> client.updateUser(name, new UserUpdate())),
        new NamedCall("DELETE /v1/users/NAME", name -> client.deleteUser(name)),
        new NamedCall("POST /v1/users/NAME/actions/unlock", name -> client.unlockUser(name)),
        new NamedCall("GET /v1/tokens/NAME", name -> client.readToken(name)),
        new NamedCall(
            "POST /v1/tokens/NAME/actions/report_user_details",
            name -> client.reportUserDetails(name)),
        new NamedCall("DELETE /v1/tokens/NAME", name -> client.logOut(name)));
  }

  /** An object for what answers one, a page for the rest. */
  private static Answer anyAnswer(Received request) {
    boolean page = request.uri().matches("/(v1/)?[a-z]+(/detail)?(\\?.*)?");
    return Answer.json(200, page && !isCreation(request) ? PAGE : "{\"data\":{}}");
  }

  private static boolean isCreation(Received request) {
    return request.line().equals("POST /v1/users");
  }

  static Stream<Arguments> operations() {
    ListOptions none = ListOptions.none();
    UserFilter users = new UserFilter();
    TokenFilter tokens = new TokenFilter();
    Condition all = Condition.and();
    String query =
        "{\"data\":{\"_constructor\":\"AdvancedCriteria\",\"operator\":\"and\",\"criteria\":[]},"
            + "\"operationType\":\"fetch\"}";
    return Stream.of(
        operation(
            "POST /v1/users",
            "{\"data\":{\"name\":\"bob\",\"password\":\"password-91\"}}",
            c -> c.createUser(new UserCreate().name("bob").password("password-91"))),
        operation("GET /v1/users", "", NimbleClient::listUsers),
        operation("GET /v1/users", "", c -> c.listUsers(users, none)),
        operation("GET /v1/users/detail", "", NimbleClient::listUsersDetail),
        operation("GET /v1/users/detail", "", c -> c.listUsersDetail(users, none)),
        operation("GET /v1/users/detail?name=a%20b", "", c -> c.findUser("a b")),
        operation("POST /v1/users/detail", query, c -> c.queryUsers(all, none)),
        operation("GET /v1/users/" + ID, "", c -> c.readUser(ID)),
        operation("GET /v1/users/" + ID + "?fields=id%2Cname", "", c -> c.readUser(ID, "id,name")),
        operation("PUT /v1/users/" + ID, "{\"data\":{}}", c -> c.updateUser(ID, new UserUpdate())),
        operation("DELETE /v1/users/" + ID, "", c -> c.deleteUser(ID)),
        operation(
            "POST /v1/users/" + ID + "/actions/unlock",
            "{\"data\":{\"id\":\"" + ID + "\"}}",
            c -> c.unlockUser(ID)),
        operation("GET /v1/tokens", "", c -> c.listTokens(tokens, none)),
        operation("GET /v1/tokens/detail", "", c -> c.listTokensDetail(tokens, none)),
        operation("POST /v1/tokens/detail", query, c -> c.queryTokens(all, none)),
        operation("GET /v1/tokens/" + FakeArray.tokenId(1), "", NimbleClient::readOwnToken),
        operation("GET /v1/tokens/" + TOKEN_ID, "", c -> c.readToken(TOKEN_ID)),
        operation("DELETE /v1/tokens/" + TOKEN_ID, "", c -> c.logOut(TOKEN_ID)),
        operation(
            "POST /v1/tokens/" + FakeArray.tokenId(1) + "/actions/report_user_details",
            "{\"data\":{\"id\":\"" + FakeArray.tokenId(1) + "\"}}",
            NimbleClient::reportUserDetails),
        operation(
            "POST /v1/tokens/" + TOKEN_ID + "/actions/report_user_details",
            "{\"data\":{\"id\":\"" + TOKEN_ID + "\"}}",
            c -> c.reportUserDetails(TOKEN_ID)),
        operation("GET /versions/detail", "", NimbleClient::listVersionsDetail),
        operation("GET /v1/arrays", "", NimbleClient::listArrayNames),
        operation("GET /v1/arrays/" + ID, "", c -> c.readArray(ID)),
        operation("GET /v1/arrays/detail", "", NimbleClient::listArrays));
  }

  private static Arguments operation(String line, String body, Consumer<NimbleClient> call) {
    return Arguments.of(line, body, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void requestsAreThoseOfTheContract(String line, String body, Consumer<NimbleClient> call) {
    array.answerEach(NimbleClientRequestTest::anyAnswer);

    call.accept(client);

    assertThat(array.lines()).containsExactly("POST /v1/tokens", line);
    assertOneRequest(line, body, "application/json");
    Received request = array.service().last();
    assertThat(request.header("X-Auth-Token")).isEqualTo(FakeArray.token(1));
    assertThat(request.header("Accept")).isEqualTo("application/json");
  }

  @Test
  void versionsNeedNoSession() {
    array.answer(
        Answer.json(
            200, "{\"data\":[{\"name\":\"v1\"}],\"startRow\":0,\"endRow\":1,\"totalRows\":1}"));

    assertThat(client.listVersions().value().getData())
        .extracting(Version::getName)
        .containsExactly("v1");
    assertThat(array.lines()).containsExactly("GET /versions");
    assertThat(array.service().last().header("X-Auth-Token")).isNull();
  }

  @Test
  void createdUserIsRead() {
    array.answer(Answer.json(201, USER));

    NimbleResponse<User> created =
        client.createUser(
            new UserCreate()
                .name("user729060021")
                .password("password-91")
                .role(NsUserRoles.GUEST)
                .inactivityTimeout(60L)
                .disabled(false));

    assertThat(array.service().last().body())
        .isEqualTo(
            "{\"data\":{\"name\":\"user729060021\",\"password\":\"password-91\",\"role\":\"guest\","
                + "\"inactivity_timeout\":60,\"disabled\":false}}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.value())
        .isEqualTo(
            new User()
                .id("1000000000000004d3000000000000000000000003")
                .name("user729060021")
                .searchName(" (user729060021)")
                .description("d")
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
  void rolesOfOtherReleasesAreReadAsUnknown() {
    array.answer(Answer.json(200, "{\"data\":{\"role\":\"auditor\"}}"));

    assertThat(client.readUser(ID).value().getRole())
        .isEqualTo(NsUserRoles.UNKNOWN_DEFAULT_OPEN_API);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(new UserUpdate(), "{}"),
        Arguments.of(new UserUpdate().description("d"), "{\"description\":\"d\"}"),
        Arguments.of(
            new UserUpdate().description("").fullName("").emailAddr(""),
            "{\"description\":\"\",\"full_name\":\"\",\"email_addr\":\"\"}"),
        Arguments.of(
            new UserUpdate().inactivityTimeout(0L).disabled(false),
            "{\"inactivity_timeout\":0,\"disabled\":false}"),
        Arguments.of(
            new UserUpdate().password("password-92").authPassword("password-91"),
            "{\"password\":\"password-92\",\"auth_password\":\"password-91\"}"),
        Arguments.of(
            new UserUpdate().id(ID).name("bob").role(NsUserRoles.POWERUSER),
            "{\"id\":\"" + ID + "\",\"name\":\"bob\",\"role\":\"poweruser\"}"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void updateSendsWhatWasSetAndNothingElse(UserUpdate changes, String data) {
    array.answer(Answer.json(200, USER));

    NimbleResponse<User> updated = client.updateUser(ID, changes);

    assertThat(array.service().last().line()).isEqualTo("PUT /v1/users/" + ID);
    assertThat(array.service().last().body()).isEqualTo("{\"data\":" + data + "}");
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.value().getLastModified()).isEqualTo(1426801552L);
  }

  @Test
  void listsTakeFilterWindowAndOrder() {
    array.answerEach(NimbleClientRequestTest::anyAnswer);
    ListOptions options =
        ListOptions.none()
            .fields("id,full_name")
            .startRow(2)
            .endRow(6)
            .pageSize(3)
            .sortBy("role,-name")
            .iSortBy("-full_name");

    client.listUsersDetail(
        new UserFilter().fullName("Ann & Bob+Co").role("guest").inactivityTimeout(60L), options);
    assertThat(array.service().last().line())
        .isEqualTo(
            "GET /v1/users/detail?role=guest&inactivity_timeout=60&full_name=Ann%20%26%20Bob%2BCo"
                + "&fields=id%2Cfull_name&startRow=2&endRow=6&pageSize=3&sortBy=role%2C-name"
                + "&iSortBy=-full_name");

    client.listUsers(new UserFilter().disabled(true), ListOptions.none().sortBy("name"));
    assertThat(array.service().last().line()).isEqualTo("GET /v1/users?disabled=true&sortBy=name");

    client.listTokensDetail(
        new TokenFilter().sessionToken("abc").appName("x"), ListOptions.none().pageSize(1));
    assertThat(array.service().last().line())
        .isEqualTo("GET /v1/tokens/detail?session_token=abc&app_name=x&pageSize=1");

    client.queryUsers(Condition.and(), options);
    assertThat(array.service().last().line())
        .isEqualTo(
            "POST /v1/users/detail?fields=id%2Cfull_name&startRow=2&endRow=6&pageSize=3"
                + "&sortBy=role%2C-name&iSortBy=-full_name");

    client.queryTokens(Condition.and(), ListOptions.none().startRow(1));
    assertThat(array.service().last().line()).isEqualTo("POST /v1/tokens/detail?startRow=1");
  }

  @Test
  void listsOfIdsAndNamesRefuseFields() {
    ListOptions options = ListOptions.none().fields("id");
    String message = "A list of ids and names takes no fields: ask for the one with details";

    assertThatThrownBy(() -> client.listUsers(new UserFilter(), options))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> client.listAllUsers(new UserFilter(), options)).hasMessage(message);
    assertThatThrownBy(() -> client.listTokens(new TokenFilter(), options)).hasMessage(message);
    assertThatThrownBy(() -> client.listAllTokens(new TokenFilter(), options)).hasMessage(message);
    assertThat(array.lines()).isEmpty();
  }

  @Test
  void pagesTellTheirWindow() {
    array.answer(
        Answer.json(
            200,
            "{\"data\":[{\"id\":\"1\",\"name\":\"bob\"}],\"startRow\":2,\"endRow\":3,"
                + "\"totalRows\":7}"));

    assertThat(client.listUsers().value())
        .returns(2, UserList::getStartRow)
        .returns(3, UserList::getEndRow)
        .returns(7, UserList::getTotalRows)
        .satisfies(
            page -> assertThat(page.getData()).containsExactly(new User().id("1").name("bob")));
  }

  @Test
  void userIsFoundByName() {
    array.answer(
        Answer.json(
            200,
            "{\"data\":[{\"id\":\"1\",\"name\":\"bob\"}],\"startRow\":0,\"endRow\":1,"
                + "\"totalRows\":1}"));
    assertThat(client.findUser("bob").value()).map(User::getId).contains("1");

    array.answer(Answer.json(200, PAGE));
    assertThat(client.findUser("bob").value()).isEmpty();
  }

  @Test
  void answersOfActionsAreRead() {
    array.answer(Answer.json(200, "{\"data\":{\"id\":\"" + ID + "\",\"auth_lock\":false}}"));
    assertThat(client.unlockUser(ID).value())
        .satisfies(
            status -> {
              assertThat(status.getId()).isEqualTo(ID);
              assertThat(status.getAuthLock()).isFalse();
            });

    array.answer(
        Answer.json(
            200,
            """
            {"data":{"user_name":"admin","user_id":"1000000000000004d3000000000000000000000001",
             "role":"administrator","inactivity_timeout":1800,"primary_group_id":"",
             "primary_group_name":"","group_count":0,"groups":[],"domain_type":"local"}}\
            """));
    assertThat(client.reportUserDetails().value())
        .satisfies(
            details -> {
              assertThat(details.getUserName()).isEqualTo("admin");
              assertThat(details.getRole()).isEqualTo(NsUserRoles.ADMINISTRATOR);
              assertThat(details.getInactivityTimeout()).isEqualTo(1800);
              assertThat(details.getGroups()).isEmpty();
            });

    array.answer(FakeArray.session(1));
    assertThat(client.readOwnToken().value().getSessionToken()).isEqualTo(FakeArray.token(1));

    array.answer(
        Answer.json(
            200,
            "{\"data\":[{\"id\":\"1\",\"name\":\"roster\",\"version\":\"5.2.1.0-1-opt\"}],"
                + "\"startRow\":0,\"endRow\":1,\"totalRows\":1}"));
    assertThat(client.listArrays().value().getData())
        .extracting(NimbleArray::getVersion)
        .containsExactly("5.2.1.0-1-opt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", ""})
  void deletesAnswerNothing(String body) {
    array.answer(Answer.json(200, body));

    assertThat(client.deleteUser(ID)).isEqualTo(new NimbleResponse<Void>(null, 200));
    assertThat(client.logOut(TOKEN_ID)).isEqualTo(new NimbleResponse<Void>(null, 200));
  }
}
