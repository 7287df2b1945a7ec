package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.batch.model.ComputeNodeUser;
import dev.roster.client.batch.model.NodeUpdateUserParameter;
import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BatchClientErrorsTest {

  private static final String NOT_FOUND =
      """
      {"odata.metadata":"http://localhost/$metadata#errors/@Element","code":"NodeUserNotFound",
       "message":{"lang":"en-US","value":"The specified node user does not exist.\\nRequestId:r\\nTime:t"}}
      """;

  private final FakeService service = new FakeService();
  private final BatchClient client =
      BatchClient.builder().endpoint(service.endpoint()).bearer(() -> "t0ken-of-mine").build();

  @AfterEach
  void stop() {
    service.close();
  }

  private BatchException refusal() {
    return catchThrowableOfType(BatchException.class, () -> client.deleteUser("p", "n", "u"));
  }

  @Test
  void errorBodyIsRead() {
    service.answer(Answer.json(404, NOT_FOUND).with("request-id", "r"));

    BatchException e = refusal();

    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo("NodeUserNotFound");
    assertThat(e.text()).isEqualTo("The specified node user does not exist.\nRequestId:r\nTime:t");
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isEqualTo("r");
    assertThat(e.clientRequestId()).isEqualTo(service.last().header("client-request-id"));
    assertThat(e)
        .hasMessage(
            "DELETE %s/pools/p/nodes/n/users/u answered 404 NodeUserNotFound: The specified node"
                + " user does not exist. (request-id r)",
            service.endpoint());
  }

  @Test
  void detailsAreReadInOrder() {
    service.answer(
        Answer.json(
            400,
            """
            {"code":"InvalidPropertyValue","message":{"value":"Wrong."},"values":[
              {"key":"PropertyName","value":"expiryTime"},{"key":"Reason","value":"no date"}]}"""));

    BatchException e = refusal();

    assertThat(e.details())
        .containsExactly(
            new BatchException.Detail("PropertyName", "expiryTime"),
            new BatchException.Detail("Reason", "no date"));
    assertThat(e.detail("Reason")).contains("no date");
    assertThat(e.detail("reason")).isEmpty();
    assertThat(e)
        .hasMessageEndingWith(
            "400 InvalidPropertyValue: Wrong. [PropertyName: expiryTime, Reason: no date]");
  }

  @Test
  void emptyBodyHasNoCode() {
    service.answer(Answer.status(503));

    BatchException e = refusal();

    assertThat(e.status()).isEqualTo(503);
    assertThat(e.code()).isNull();
    assertThat(e.text()).isNull();
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isNull();
    assertThat(e).hasMessage("DELETE %s/pools/p/nodes/n/users/u answered 503", service.endpoint());
  }

  @Test
  void textBodyIsTheTextAndHasNoCode() {
    service.answer(Answer.status(502).with("Content-Type", "text/html").body("<h1>Bäd</h1>\nx"));

    BatchException e = refusal();

    assertThat(e.code()).isNull();
    assertThat(e.text()).isEqualTo("<h1>Bäd</h1>\nx");
    assertThat(e).hasMessageEndingWith("answered 502: <h1>Bäd</h1>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "{}", "{\"code\":", "{\"code\":null,\"message\":\"x\"}"})
  void strangeBodiesHaveNoCode(String body) {
    service.answer(Answer.json(500, body));

    assertThat(refusal()).returns(500, BatchException::status).returns(null, BatchException::code);
  }

  @Test
  void longTextIsCutInTheMessageOnly() {
    service.answer(Answer.status(500).body("x".repeat(5_000)));

    assertThat(refusal().text()).hasSize(5_000);
    assertThat(refusal()).hasMessageEndingWith(" 500: " + "x".repeat(200) + "...");
  }

  @Test
  void redirectsAreNotFollowed() {
    service.answer(Answer.status(302).with("Location", service.endpoint() + "/elsewhere"));

    assertThat(refusal().status()).isEqualTo(302);
    assertThat(service.all()).hasSize(1);
  }

  @Test
  void nothingIsRetried() {
    service.answer(Answer.status(500));

    refusal();

    assertThat(service.all()).hasSize(1);
  }

  @Test
  void sentSecretsAreMaskedWhenTheServerRepeatsThem() {
    service.answer(
        request ->
            Answer.json(
                400,
                """
                {"code":"InvalidPropertyValue","message":{"value":"Not S3cret-pass for %s"},
                 "values":[{"key":"PropertyValue","value":"S3cret-pass"}]}"""
                    .formatted(request.header("Authorization"))));

    assertThatThrownBy(
            () -> client.addUser("p", "n", new ComputeNodeUser().name("u").password("S3cret-pass")))
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> {
              assertThat(e.code()).isEqualTo("InvalidPropertyValue");
              assertThat(e.text()).isEqualTo("Not *** for Bearer ***");
              assertThat(e.detail("PropertyValue")).contains("***");
              assertThat(stackTrace(e)).doesNotContain("S3cret-pass", "t0ken-of-mine");
            });
    assertThatThrownBy(
            () ->
                client.updateUser(
                    "p", "n", "u", new NodeUpdateUserParameter().password("S3cret-pass")))
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> assertThat(stackTrace(e)).doesNotContain("S3cret-pass", "t0ken-of-mine"));
  }

  @Test
  void bodyThatComesBackAsAWholeHidesItsPassword() {
    service.answer(request -> Answer.status(502).body("Upstream got " + request.body()));

    assertThatThrownBy(
            () ->
                client.updateUser(
                    "p", "n", "u", new NodeUpdateUserParameter().password("S3\"cret")))
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> assertThat(e.text()).isEqualTo("Upstream got {\"password\":\"***\"}"));
  }

  @Test
  void secretsInNamesAreMaskedButPlainWordsStay() {
    service.answer(
        Answer.json(400, "{\"code\":\"t0ken-of-mine\",\"values\":[{\"key\":\"t0ken-of-mine\"}]}"));
    assertThat(refusal())
        .returns("***", BatchException::code)
        .returns(List.of(new BatchException.Detail("***", null)), BatchException::details)
        .hasMessageEndingWith(" answered 400 *** [***: null]");

    service.answer(Answer.json(404, NOT_FOUND));
    assertThatThrownBy(
            () -> client.addUser("p", "n", new ComputeNodeUser().name("u").password("User")))
        .isInstanceOfSatisfying(
            BatchException.class, e -> assertThat(e.code()).isEqualTo("NodeUserNotFound"));
  }

  @Test
  void credentialsAreInNoToString() {
    BatchClientBuilder builder =
        BatchClient.builder()
            .endpoint("http://localhost:8080/")
            .sharedKey(SharedKeySignerTest.ACCOUNT, SharedKeySignerTest.KEY);

    assertThat(builder.toString()).doesNotContain(SharedKeySignerTest.KEY);
    assertThat(builder.build()).hasToString("BatchClient[http://localhost:8080, 2023-11-01.18.0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "tök"})
  void tokensThatNoHeaderCanCarryAreRefusedUnquoted(String token) {
    BatchClient other =
        BatchClient.builder().endpoint(service.endpoint()).bearer(() -> token).build();

    assertThatThrownBy(() -> other.getPool("p"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The bearer supplier returned ")
        .message()
        .doesNotContain("a\nb", "tök");
    assertThat(service.all()).isEmpty();
  }

  @Test
  void unreadableAnswerIsATransportFailure() {
    service.answer(Answer.json(200, "{\"id\":"));

    assertThatThrownBy(() -> client.getPool("p"))
        .isExactlyInstanceOf(BatchTransportException.class)
        .hasMessage("A body could not be written or read as JSON")
        .cause()
        .hasMessage("JsonEOFException at line 1, column 7");
  }

  @Test
  void unreadableAnswerIsNotQuoted() {
    service.answer(request -> Answer.json(200, request.header("Authorization").substring(7)));
    assertThatThrownBy(() -> client.getPool("p"))
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("t0ken"));

    service.answer(Answer.json(200, "{\"id\":\"p\",\"creationTime\":\"t0ken-of-mine\"}"));
    assertThatThrownBy(() -> client.getPool("p"))
        .isExactlyInstanceOf(BatchTransportException.class)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("t0ken"))
        .cause()
        .hasMessage("InvalidFormatException at line 1, column 26 in creationTime");
  }

  @Test
  void absentServerIsATransportFailure() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    BatchClient other =
        BatchClient.builder().endpoint("http://127.0.0.1:" + port).bearer(() -> "t").build();

    assertThatThrownBy(() -> other.getPool("p"))
        .isExactlyInstanceOf(BatchTransportException.class)
        .hasMessageStartingWith("GET http://127.0.0.1:" + port + "/pools/p found no server: ");
  }

  @Test
  void serverThatNeverAnswersIsATimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      BatchClient other =
          BatchClient.builder()
              .endpoint("http://127.0.0.1:" + silent.getLocalPort())
              .bearer(() -> "t")
              .requestTimeout(Duration.ofMillis(300))
              .build();

      assertThatThrownBy(() -> other.getPool("p"))
          .isExactlyInstanceOf(BatchTimeoutException.class)
          .hasMessage(
              "GET http://127.0.0.1:%d/pools/p was not answered within PT0.3S",
              silent.getLocalPort());
    }
  }

  @Test
  void bodyThatNeverEndsIsATimeout() {
    service.answer(Answer.json(200, "{\"id\":\"p\"").stalling());
    BatchClient other =
        BatchClient.builder()
            .endpoint(service.endpoint())
            .bearer(() -> "t")
            .requestTimeout(Duration.ofMillis(500))
            .build();

    assertThatThrownBy(() -> other.getPool("p")).isExactlyInstanceOf(BatchTimeoutException.class);
  }

  @Test
  void interruptEndsTheCallAndStaysSet() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.getPool("p"))
        .isExactlyInstanceOf(BatchTransportException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void errorsSurviveSerialization() throws Exception {
    service.answer(Answer.json(404, NOT_FOUND).with("request-id", "r"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(refusal());
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat((BatchException) in.readObject())
          .returns("NodeUserNotFound", BatchException::code)
          .returns("r", BatchException::requestId);
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
