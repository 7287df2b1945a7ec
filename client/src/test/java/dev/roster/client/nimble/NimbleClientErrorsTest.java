package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.http.ErrorsOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.PasswordsInBodies;
import dev.roster.client.http.StackTrace;
import dev.roster.client.http.StatusesWithNames;
import dev.roster.client.nimble.NimbleException.Message;
import dev.roster.client.nimble.model.Token;
import dev.roster.client.nimble.model.TokenCreate;
import dev.roster.client.nimble.model.TokenFilter;
import dev.roster.client.nimble.model.UserCreate;
import dev.roster.client.nimble.model.UserUpdate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class NimbleClientErrorsTest extends NimbleClientTest
    implements ErrorsOfEveryClient, PasswordsInBodies, StatusesWithNames<NimbleException> {

  @Override
  public Class<NimbleException> exception() {
    return NimbleException.class;
  }

  @Override
  public Map<Integer, Predicate<NimbleException>> statusesWithNames() {
    return Map.of(
        401,
        NimbleException::isUnauthorized,
        403,
        NimbleException::isForbidden,
        404,
        NimbleException::isNotFound,
        409,
        NimbleException::isConflict);
  }

  @Override
  public void changePassword(String password) {
    client.updateUser(FakeArray.USER_ID, new UserUpdate().password(password));
  }

  @Override
  public String bodyWithPassword(String text) {
    return "{\"data\":{\"password\":\"" + text + "\"}}";
  }

  private NimbleException refusal() {
    return catchThrowableOfType(NimbleException.class, () -> client.readUser(FakeArray.USER_ID));
  }

  private String user() {
    return array.service().endpoint() + "/v1/users/" + FakeArray.USER_ID;
  }

  @Test
  void bothMessagesAreRead() {
    array.answer(
        Answer.json(
            404,
            """
            {"messages":[
             {"code":"SM_http_not_found","severity":"error","text":"Nothing there."},
             {"code":"SM_enoent","severity":"error","text":"No such object.",
              "arguments":{"id":"1000","n":7}}]}"""));

    NimbleException e = refusal();

    assertThat(e).isInstanceOf(ServiceException.class);
    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo("SM_enoent");
    assertThat(e.text()).isEqualTo("No such object.");
    assertThat(e.messages())
        .containsExactly(
            new Message("SM_http_not_found", "error", "Nothing there.", Map.of()),
            new Message("SM_enoent", "error", "No such object.", Map.of("id", "1000", "n", "7")));
    assertThat(e.messages().get(1)).hasToString("SM_enoent: No such object. {id=1000, n=7}");
    assertThat(e.hasCode("SM_http_not_found")).isTrue();
    assertThat(e.hasCode("SM_enoent")).isTrue();
    assertThat(e.hasCode("SM_eexist")).isFalse();
    assertThat(e.argument("id")).contains("1000");
    assertThat(e.argument("arg")).isEmpty();
    assertThat(e.requestId()).isNull();
    assertThat(e.clientRequestId()).isNull();
    assertThat(e)
        .hasMessage("GET %s answered 404 SM_enoent: No such object. [id=1000, n=7]", user());
  }

  @Test
  void oneMessageIsEnough() {
    array.answer(
        Answer.json(404, "{\"messages\":[{\"code\":\"SM_http_not_found\",\"text\":\"No.\"}]}"));

    NimbleException e = refusal();

    assertThat(e.code()).isEqualTo("SM_http_not_found");
    assertThat(e.text()).isEqualTo("No.");
    assertThat(e.messages())
        .containsExactly(new Message("SM_http_not_found", null, "No.", Map.of()));
  }

  @Test
  void specificCodeIsFoundWhereverItStands() {
    array.answer(
        Answer.json(
            409,
            """
            {"messages":[{"code":"SM_eexist","text":"Object exists."},
             {"code":"SM_http_conflict","text":"No."},{"code":"SM_unknown","text":"Third."}]}"""));

    NimbleException e = refusal();

    assertThat(e.code()).isEqualTo("SM_eexist");
    assertThat(e.text()).isEqualTo("Object exists.");
    assertThat(e.messages()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"messages\":[]}",
        "{\"messages\":\"SM_enoent\"}",
        "{\"messages\":[\"SM_enoent\",null]}",
        "{\"error\":{\"code\":\"ResourceNotFound\"}}"
      })
  void bodiesOfOthersAreTheTextAndHaveNoCode(String body) {
    array.answer(Answer.json(500, body));

    assertThat(refusal())
        .returns(500, NimbleException::status)
        .returns(null, NimbleException::code)
        .returns(body, NimbleException::text)
        .returns(List.of(), NimbleException::messages)
        .returns(Optional.empty(), e -> e.argument("arg"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{}]}",
        "{\"messages\":[{\"code\":null,\"text\":null,\"arguments\":null}]}",
        "{\"messages\":[{\"code\":{},\"text\":[1],\"arguments\":[2]}]}",
        "{\"messages\":[{\"arguments\":{\"arg\":null,\"a\":{}}}]}"
      })
  void strangeMessagesHaveNeitherCodeNorText(String body) {
    array.answer(Answer.json(500, body));

    assertThat(refusal())
        .returns(null, NimbleException::code)
        .returns(null, NimbleException::text)
        .hasMessage("GET %s answered 500", user())
        .satisfies(
            e -> assertThat(e.messages()).containsExactly(new Message(null, null, null, Map.of())));
  }

  @Test
  void refusalWithoutASessionIsReadToo() {
    array.answer(
        Answer.json(
            400, "{\"messages\":[{\"code\":\"SM_unexpected_query_param\",\"text\":\"No.\"}]}"));

    assertThatThrownBy(client::listVersions)
        .isInstanceOfSatisfying(
            NimbleException.class,
            e -> assertThat(e.code()).isEqualTo("SM_unexpected_query_param"));
  }

  private Stream<ThrowingCallable> callsWithSecrets() {
    return Stream.of(
        () -> client.createUser(new UserCreate().name("bob").password("n3w-pass")),
        () ->
            client.updateUser(
                FakeArray.USER_ID, new UserUpdate().password("n3w-pass").authPassword("n3w-pass")),
        () -> client.updateUser(FakeArray.USER_ID, new UserUpdate().authPassword("n3w-pass")),
        () -> client.listTokens(new TokenFilter().sessionToken("n3w-pass"), ListOptions.none()),
        () ->
            client.listTokensDetail(new TokenFilter().sessionToken("n3w-pass"), ListOptions.none()),
        () -> client.queryTokens(Condition.inSet("session_token", "n3w-pass"), ListOptions.none()));
  }

  @Test
  void sentSecretsAreMaskedWhenTheArrayRepeatsThem() {
    array.answerEach(
        request ->
            Answer.json(
                400,
                """
                {"messages":[{"code":"SM_x n3w-pass","severity":"n3w-pass",
                 "text":"Not n3w-pass in %s","arguments":{"arg":"n3w-pass","value":"n3w-pass!"}}]}"""
                    .formatted(request.header("X-Auth-Token"))));

    callsWithSecrets()
        .forEach(
            call -> {
              NimbleException e = catchThrowableOfType(NimbleException.class, call);
              assertThat(e.messages())
                  .containsExactly(
                      new Message(
                          "SM_x ***",
                          "***",
                          "Not *** in ***",
                          Map.of("arg", "***", "value", "***!")));
              assertThat(StackTrace.of(e)).doesNotContain("n3w-pass", "t0ken-of-mine");
            });
  }

  @Test
  void passwordOfARefusedLogInIsMasked() {
    array.answerLogIns(
        number ->
            Answer.json(
                401,
                "{\"messages\":[{\"code\":\"SM_auth\",\"text\":\"Not "
                    + FakeArray.PASSWORD
                    + "\"}]}"));

    NimbleException e = refusal();

    assertThat(e).isExactlyInstanceOf(NimbleLogInException.class);
    assertThat(e.text()).isEqualTo("Not ***");
    assertThat(StackTrace.of(e)).doesNotContain(FakeArray.PASSWORD);
  }

  @Test
  void codeAndMemberStayRecognizableWhenThePasswordIsPartOfThem() {
    array.answer(
        Answer.json(
            400,
            """
            {"messages":[{"code":"SM_passwd_same_as_current","text":"password is the present one",
             "arguments":{"arg":"auth_password","value":"password"}}]}"""));

    NimbleException e =
        catchThrowableOfType(
            NimbleException.class,
            () -> client.updateUser(FakeArray.USER_ID, new UserUpdate().password("password")));

    assertThat(e.argument("arg")).contains("auth_password");
    assertThat(e.argument("value")).contains("***");
    assertThat(e.text()).isEqualTo("*** is the present one");
    NimbleException other =
        catchThrowableOfType(
            NimbleException.class,
            () ->
                client.updateUser(FakeArray.USER_ID, new UserUpdate().password("same_as_current")));
    assertThat(other.code()).isEqualTo("SM_passwd_same_as_current");
  }

  @Test
  void secretsOfModelsAreInNoText() {
    assertThat(
            Stream.of(
                    new UserCreate().password("S3cret-pass"),
                    new UserUpdate().password("S3cret-pass").authPassword("S3cret-pass"),
                    new TokenCreate().password("S3cret-pass"),
                    new Token().sessionToken("S3cret-pass"),
                    new TokenFilter().sessionToken("S3cret-pass"),
                    new NimbleResponse<>(new Token().sessionToken("S3cret-pass"), 200),
                    new Session("1", "S3cret-pass"))
                .map(Object::toString))
        .noneMatch(text -> text.contains("S3cret-pass"));
  }

  @Test
  void valuesThatCannotBeReadAreNotQuoted() {
    array.answer(Answer.json(200, "{\"data\":{\"creation_time\":\"t0ken-of-mine\"}}"));

    assertThatThrownBy(client::readOwnToken)
        .isExactlyInstanceOf(NimbleTransportException.class)
        .satisfies(e -> assertThat(StackTrace.of(e)).doesNotContain("t0ken-of-mine"))
        .cause()
        .hasMessageStartingWith("InvalidFormatException at line 1, column ")
        .hasMessageEndingWith(" in data.creation_time");
  }

  @Test
  void answerWithoutDataIsATransportFailure() {
    array.answer(Answer.json(200, "{}"));

    assertThatThrownBy(() -> client.readUser(FakeArray.USER_ID))
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasMessage("The answer has no data");
  }
}
