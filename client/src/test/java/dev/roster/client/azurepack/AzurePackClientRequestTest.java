package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.azurepack.model.ActivationSyncState;
import dev.roster.client.azurepack.model.UserInput;
import dev.roster.client.azurepack.model.UserState;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.RequestsOfEveryClient;
import dev.roster.client.http.TokensOfBearerClients;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AzurePackClientRequestTest extends AzurePackClientTest
    implements RequestsOfEveryClient, TokensOfBearerClients {

  @BeforeEach
  void answerSomething() {
    service.answer(Answer.json(200, "{\"items\":[]}"));
  }

  @Override
  public List<NamedCall> callsWithNames() {
    return List.of(
        new NamedCall("GET /users/NAME", name -> client.getUser(name)),
        new NamedCall("GET /users/NAME", name -> client.findUser(name)),
        new NamedCall("PUT /users/NAME", name -> client.updateUser(name, new UserInput())),
        new NamedCall(
            "DELETE /users/NAME?deleteSubscriptions=False&force=False",
            name -> client.deleteUser(name)));
  }

  static Stream<Arguments> operations() {
    UserInput user = new UserInput().email("u@contoso.example").state(UserState.ACTIVE);
    return Stream.of(
        Arguments.of(
            "POST /users",
            "{\"Name\":\"u\",\"Email\":\"u@contoso.example\"}",
            call(c -> c.createUser(new UserInput().name("u").email("u@contoso.example")))),
        Arguments.of("GET /users/u", "", call(c -> c.getUser("u"))),
        Arguments.of("GET /users/u", "", call(c -> c.findUser("u"))),
        Arguments.of(
            "PUT /users/u",
            "{\"Email\":\"u@contoso.example\",\"State\":1}",
            call(c -> c.updateUser("u", user))),
        Arguments.of(
            "DELETE /users/u?deleteSubscriptions=False&force=False",
            "",
            call(c -> c.deleteUser("u"))),
        Arguments.of("GET /users", "", call(AzurePackClient::listUsers)),
        Arguments.of(
            "POST /invalidusertokens",
            "{\"Username\":\"u\",\"TokenExpiryTime\":\"2013-06-28T05:15:30Z\"}",
            call(c -> c.invalidateTokens("u", Instant.parse("2013-06-28T05:15:30Z")))));
  }

  private static Consumer<AzurePackClient> call(Consumer<AzurePackClient> call) {
    return call;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("operations")
  void everyOperationIsOneRequestForJson(String line, String body, Consumer<AzurePackClient> call) {
    call.accept(client);

    assertOneRequest(line, body, "application/json");
    Received request = service.last();
    assertThat(request.header("Accept")).isEqualTo("application/json");
    assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken-of-mine");
    assertThat(UUID.fromString(request.header("x-ms-client-request-id")))
        .hasToString(request.header("x-ms-client-request-id"));
    assertThat(request.headers())
        .doesNotContainKeys("x-ms-principal-id", "x-ms-principal-liveid", "x-ms-client-session-id");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("operations")
  void everyOperationNamesThePrincipal(String line, String body, Consumer<AzurePackClient> call) {
    call.accept(api.client().principalId("PC\\Patti Fuller").build());

    assertThat(service.last())
        .returns(line, Received::line)
        .returns(body, Received::body)
        .returns("PC\\Patti Fuller", request -> request.header("x-ms-principal-id"))
        .returns("PC\\Patti Fuller", request -> request.header("x-ms-principal-liveid"));
  }

  @Test
  void missingArgumentsAreRefusedUnsent() {
    assertThatThrownBy(() -> client.createUser(null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("user");
    assertThatThrownBy(() -> client.updateUser("u", null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("user");
    assertThatThrownBy(() -> client.deleteUser("u", null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("options");
    assertThatThrownBy(() -> client.listUsers(null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("options");
    assertThatThrownBy(() -> client.invalidateTokens(null, Instant.EPOCH))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("userName");
    assertThatThrownBy(() -> client.invalidateTokens("u", null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("endingBy");
    assertThat(service.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, False, False",
    "true, false, True, False",
    "false, true, False, True",
    "true, true, True, True"
  })
  void flagsOfADeleteAreAlwaysSent(
      boolean deleteSubscriptions, boolean force, String sentFirst, String sentSecond) {
    client.deleteUser(
        "u", DeleteUserOptions.none().force(force).deleteSubscriptions(deleteSubscriptions));

    assertThat(service.last().line())
        .isEqualTo(
            "DELETE /users/u?deleteSubscriptions=%s&force=%s".formatted(sentFirst, sentSecond));
  }

  @Test
  void listOptionsBecomeQueryParametersInOneOrder() {
    client.listUsers(
        ListOptions.none()
            .filter("a+b c&d@e")
            .sortDirection("desc")
            .sortProperty("CreatedTime")
            .take(7)
            .skip(0));
    client.listUsers(ListOptions.none().filter("x"));
    client.listUsers(ListOptions.none().take(0).sortProperty("Email"));

    assertThat(service.all())
        .extracting(Received::line)
        .containsExactly(
            "GET /users?skip=0&take=7&sortProperty=CreatedTime&sortDirection=desc"
                + "&filter=a%2Bb%20c%26d%40e",
            "GET /users?filter=x", "GET /users?take=0&sortProperty=Email");
  }

  @Test
  void documentedUserIsSentWithAllItsMembersInOrder() {
    client.createUser(
        new UserInput()
            .name("aaa@bbb.com")
            .email("aaa@bbb.com")
            .state(UserState.ACTIVE)
            .createdTime("0001-01-01T00:00:00")
            .subscriptionCount(0)
            .activationSyncState(ActivationSyncState.IN_SYNC)
            .lastErrorMessage(null));

    assertThat(service.last().body())
        .hasSize(160)
        .isEqualTo(
            "{\"Name\":\"aaa@bbb.com\",\"Email\":\"aaa@bbb.com\",\"State\":1,"
                + "\"CreatedTime\":\"0001-01-01T00:00:00\",\"SubscriptionCount\":0,"
                + "\"ActivationSyncState\":0,\"LastErrorMessage\":null}");
  }

  @Test
  void unsetMembersAreNotSentAndStatesAreNumbers() {
    client.updateUser("u", new UserInput());
    client.updateUser("u", new UserInput().email("ünï@x").state(UserState.PENDING_VALIDATION));
    client.updateUser("u", new UserInput().state(UserState.SUSPENDED));

    assertThat(service.all())
        .extracting(Received::body)
        .containsExactly("{}", "{\"Email\":\"ünï@x\",\"State\":0}", "{\"State\":2}");
    assertThat(service.all().get(1).header("Content-Length"))
        .isEqualTo(
            Integer.toString(
                "{\"Email\":\"ünï@x\",\"State\":0}".getBytes(StandardCharsets.UTF_8).length));
  }

  @ParameterizedTest
  @CsvSource({
    "2013-06-28T05:15:30.123456789Z, 2013-06-28T05:15:30.123Z",
    "2013-06-28T05:15:00Z, 2013-06-28T05:15:00Z",
    "2013-06-28T05:15:30.100Z, 2013-06-28T05:15:30.100Z"
  })
  void endOfInvalidTokensIsSentInMilliseconds(Instant endingBy, String sent) {
    client.invalidateTokens("a+b c", endingBy);

    assertThat(service.last().body())
        .isEqualTo("{\"Username\":\"a+b c\",\"TokenExpiryTime\":\"" + sent + "\"}");
  }
}
