package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.TransportException;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.nimble.NimbleException.Message;
import dev.roster.client.nimble.model.Token;
import dev.roster.client.nimble.model.TokenCreate;
import dev.roster.client.nimble.model.TokenFilter;
import dev.roster.client.nimble.model.UserCreate;
import dev.roster.client.nimble.model.UserUpdate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class NimbleClientErrorsTest {

  private final FakeArray array = new FakeArray();
  private final NimbleClient client = array.client().build();

  @AfterEach
  void stop() {
    array.close();
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
  @CsvSource({
    "400, false, false, false, false",
    "401, true, false, false, false",
    "403, false, true, false, false",
    "404, false, false, true, false",
    "409, false, false, false, true",
    "503, false, false, false, false"
  })
  void kindsAreToldApart(
      int status, boolean unauthorized, boolean forbidden, boolean notFound, boolean conflict) {
    array.answer(Answer.status(status));

    assertThat(refusal())
        .isExactlyInstanceOf(NimbleException.class)
        .returns(unauthorized, NimbleException::isUnauthorized)
        .returns(forbidden, NimbleException::isForbidden)
        .returns(notFound, NimbleException::isNotFound)
        .returns(conflict, NimbleException::isConflict);
  }

  @Test
  void emptyBodyHasNoCode() {
    array.answer(Answer.status(503));

    NimbleException e = refusal();

    assertThat(e.code()).isNull();
    assertThat(e.text()).isNull();
    assertThat(e.messages()).isEmpty();
    assertThat(e.argument("arg")).isEmpty();
    assertThat(e).hasMessage("GET %s answered 503", user());
  }

  @Test
  void pageOfAProxyIsTheTextAndHasNoCode() {
    array.answer(Answer.status(502).with("Content-Type", "text/html").body("<h1>Bäd</h1>\nx"));

    NimbleException e = refusal();

    assertThat(e.code()).isNull();
    assertThat(e.text()).isEqualTo("<h1>Bäd</h1>\nx");
    assertThat(e.messages()).isEmpty();
    assertThat(e).hasMessage("GET %s answered 502: <h1>Bäd</h1>", user());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "{}",
        "{\"messages\":",
        "{\"messages\":[]}",
        "{\"messages\":\"SM_enoent\"}",
        "{\"messages\":[\"SM_enoent\",null]}",
        "{\"error\":{\"code\":\"ResourceNotFound\"}}"
      })
  void foreignBodiesAreTheTextAndHaveNoCode(String body) {
    array.answer(Answer.json(500, body));

    assertThat(refusal())
        .returns(500, NimbleException::status)
        .returns(null, NimbleException::code)
        .returns(body, NimbleException::text);
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

  @Test
  void redirectsAreNotFollowed() {
    array.answer(Answer.status(307).with("Location", array.service().endpoint() + "/elsewhere"));

    assertThat(refusal().status()).isEqualTo(307);
    assertThat(array.others()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500, 503})
  void nothingElseIsRetried(int status) {
    array.answer(Answer.status(status).with("Retry-After", "1"));

    refusal();

    assertThat(array.lines()).hasSize(2);
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
              assertThat(stackTrace(e)).doesNotContain("n3w-pass", "t0ken-of-mine");
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
    assertThat(stackTrace(e)).doesNotContain(FakeArray.PASSWORD);
  }

  @Test
  void bodyThatComesBackAsAWholeHidesItsPassword() {
    array.answerEach(request -> Answer.status(502).body("Upstream got " + request.body()));

    assertThatThrownBy(
            () -> client.updateUser(FakeArray.USER_ID, new UserUpdate().password("S3\"cret-pass")))
        .isInstanceOfSatisfying(
            NimbleException.class,
            e -> assertThat(e.text()).isEqualTo("Upstream got {\"data\":{\"password\":\"***\"}}"));
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
  void unreadableAnswerIsATransportFailureThatQuotesNothing() {
    array.answer(Answer.json(200, "{\"data\":"));
    assertThatThrownBy(() -> client.readUser(FakeArray.USER_ID))
        .isExactlyInstanceOf(NimbleTransportException.class)
        .isInstanceOf(TransportException.class)
        .hasMessage("A body could not be written or read as JSON")
        .cause()
        .hasMessageStartingWith("JsonEOFException at line 1, column ");

    array.answer(Answer.json(200, "{\"data\":{\"creation_time\":\"t0ken-of-mine\"}}"));
    assertThatThrownBy(client::readOwnToken)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("t0ken-of-mine"))
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

  @Test
  void absentServerIsATransportFailure() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    NimbleClient other = array.client().endpoint("http://127.0.0.1:" + port).build();

    assertThatThrownBy(other::listVersions)
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasMessageStartingWith(
            "GET http://127.0.0.1:%d/versions found no server: ".formatted(port));
  }

  @Test
  void bodyThatNeverEndsIsATimeout() {
    array.answer(Answer.json(200, "{\"data\":{}").stalling());
    NimbleClient other = array.client().requestTimeout(Duration.ofMillis(500)).build();

    assertThat(catchThrowable(() -> other.readUser(FakeArray.USER_ID)))
        .isExactlyInstanceOf(NimbleTimeoutException.class)
        .hasMessage("GET %s was not answered within PT0.5S", user());
  }

  @Test
  void interruptEndsTheCallAndStaysSet() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.readUser(FakeArray.USER_ID))
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void errorsSurviveSerialization() throws Exception {
    array.answer(
        Answer.json(
            400,
            """
            {"messages":[{"code":"SM_missing_arg","text":"m","arguments":{"arg":"name"}}]}"""));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(refusal());
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat((NimbleException) in.readObject())
          .returns("SM_missing_arg", NimbleException::code)
          .satisfies(e -> assertThat(e.argument("arg")).contains("name"));
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
