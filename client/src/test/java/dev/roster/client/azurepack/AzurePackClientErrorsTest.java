package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.TransportException;
import dev.roster.client.azurepack.AzurePackException.Detail;
import dev.roster.client.azurepack.model.UserInput;
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
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class AzurePackClientErrorsTest {

  private static final String NOT_FOUND =
      "{\"Code\":\"ResourceNotFound\",\"Message\":\"The user 'u' was not found.\",\"Details\":null}";

  private final FakeService service = new FakeService();
  private final AzurePackClient client = Clients.of(service).build();

  @AfterEach
  void stop() {
    service.close();
  }

  private AzurePackException refusal() {
    return catchThrowableOfType(AzurePackException.class, () -> client.getUser("u"));
  }

  private String user() {
    return service.endpoint() + "/users/u";
  }

  @Test
  void errorBodyIsRead() {
    service.answer(Answer.json(404, NOT_FOUND));

    AzurePackException e = refusal();

    assertThat(e).isInstanceOf(ServiceException.class);
    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo("ResourceNotFound");
    assertThat(e.text()).isEqualTo("The user 'u' was not found.");
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isNull();
    assertThat(e.clientRequestId()).isEqualTo(service.last().header("x-ms-client-request-id"));
    assertThat(e)
        .hasMessage("GET %s answered 404 ResourceNotFound: The user 'u' was not found.", user());
  }

  @Test
  void detailsAreReadInOrder() {
    service.answer(
        Answer.json(
            400,
            """
            {"Code":"InvalidInput","Message":"One or more values are not valid.","Details":[
              {"Code":"InvalidInput","Source":"Name","Message":"Name is required."},
              {"Code":"Other","Source":"Email","Message":"No."},
              {"Code":"Other","Source":"Email","Message":"Not at all."}]}"""));

    AzurePackException e = refusal();

    assertThat(e.details())
        .containsExactly(
            new Detail("InvalidInput", "Name", "Name is required."),
            new Detail("Other", "Email", "No."),
            new Detail("Other", "Email", "Not at all."));
    assertThat(e.detail("Email")).contains(new Detail("Other", "Email", "No."));
    assertThat(e.detail("State")).isEmpty();
    assertThat(e)
        .hasMessageEndingWith(
            "400 InvalidInput: One or more values are not valid."
                + " [Name: Name is required., Email: No., Email: Not at all.]");
  }

  @ParameterizedTest
  @CsvSource({
    "400, false, false, false, false",
    "401, true, false, false, false",
    "403, false, true, false, false",
    "404, false, false, true, false",
    "409, false, false, false, true",
    "500, false, false, false, false"
  })
  void statusIsAskedForByName(
      int status, boolean unauthorized, boolean forbidden, boolean notFound, boolean conflict) {
    service.answer(Answer.status(status));

    assertThat(refusal())
        .returns(status, AzurePackException::status)
        .returns(unauthorized, AzurePackException::isUnauthorized)
        .returns(forbidden, AzurePackException::isForbidden)
        .returns(notFound, AzurePackException::isNotFound)
        .returns(conflict, AzurePackException::isConflict);
  }

  @Test
  void everyOperationTellsItsRefusal() {
    service.answer(
        Answer.json(409, "{\"Code\":\"Conflict\",\"Message\":\"No.\",\"Details\":null}"));
    List<Consumer<AzurePackClient>> calls =
        List.of(
            c -> c.createUser(new UserInput()),
            c -> c.getUser("u"),
            c -> c.findUser("u"),
            c -> c.updateUser("u", new UserInput()),
            c -> c.deleteUser("u"),
            AzurePackClient::listUsers,
            c -> c.invalidateTokens("u", Instant.EPOCH));

    for (Consumer<AzurePackClient> call : calls) {
      assertThatThrownBy(() -> call.accept(client))
          .isInstanceOfSatisfying(
              AzurePackException.class,
              e -> {
                assertThat(e.code()).isEqualTo("Conflict");
                assertThat(e.clientRequestId())
                    .isEqualTo(service.last().header("x-ms-client-request-id"));
              });
    }
  }

  @Test
  void emptyBodyHasNoCode() {
    service.answer(Answer.status(503));

    AzurePackException e = refusal();

    assertThat(e.status()).isEqualTo(503);
    assertThat(e.code()).isNull();
    assertThat(e.text()).isNull();
    assertThat(e.details()).isEmpty();
    assertThat(e).hasMessage("GET %s answered 503", user());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<h1>Bäd</h1>",
        "<Error xmlns=\"http://schemas.microsoft.com/windowsazure\"><Code>Conflict</Code></Error>",
        "[]",
        "7",
        "{}",
        "{\"Code\":",
        "{\"error\":\"invalid_token\"}",
        "{\"title\":\"Not Found\",\"status\":404}",
        "{\"Code\":null,\"Message\":null,\"Details\":null}",
        "{\"Code\":{},\"Message\":[1],\"Details\":[{}]}"
      })
  void foreignBodiesAreTheTextAndHaveNoCode(String body) {
    service.answer(Answer.status(500).with("Content-Type", "text/html").body(body));

    assertThat(refusal())
        .returns(500, AzurePackException::status)
        .returns(null, AzurePackException::code)
        .returns(body, AzurePackException::text)
        .returns(List.of(), AzurePackException::details)
        .hasMessage("GET %s answered 500: %s", user(), body);
  }

  @Test
  void onlyTheFirstLineOfAForeignBodyIsInTheMessage() {
    service.answer(Answer.status(502).body("<h1>Bäd</h1>\nx"));

    assertThat(refusal())
        .returns("<h1>Bäd</h1>\nx", AzurePackException::text)
        .hasMessageEndingWith("answered 502: <h1>Bäd</h1>");
  }

  @Test
  void errorOfTheFrameworkBelowTheServiceHasATextOnly() {
    service.answer(Answer.json(401, "{\"Message\":\"Authorization has been denied.\"}"));

    assertThat(refusal())
        .returns(null, AzurePackException::code)
        .returns("Authorization has been denied.", AzurePackException::text)
        .hasMessage("GET %s answered 401: Authorization has been denied.", user());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "\"x\"", "[null,7,\"x\",[]]"})
  void strangeDetailsAreLeftOut(String details) {
    service.answer(
        Answer.json(400, "{\"Code\":\"c\",\"Message\":\"m\",\"Details\":" + details + "}"));

    assertThat(refusal())
        .returns("c", AzurePackException::code)
        .returns(List.of(), AzurePackException::details);
  }

  @Test
  void redirectsAreNotFollowed() {
    service.answer(Answer.status(307).with("Location", service.endpoint() + "/elsewhere"));

    assertThat(refusal().status()).isEqualTo(307);
    assertThat(service.all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void nothingIsRetried(int status) {
    service.answer(Answer.status(status).with("Retry-After", "1"));

    refusal();

    assertThat(service.all()).hasSize(1);
  }

  @Test
  void sentTokenIsMaskedWhenTheServerRepeatsIt() {
    service.answer(
        request ->
            Answer.json(
                400,
                """
                {"Code":"t0ken-of-mine","Message":"Got %1$s","Details":[
                 {"Code":"c","Source":"t0ken-of-mine","Message":"%1$s ends"}]}"""
                    .formatted(request.header("Authorization"))));

    AzurePackException e = refusal();

    assertThat(e.code()).isEqualTo("***");
    assertThat(e.text()).isEqualTo("Got Bearer ***");
    assertThat(e.details()).containsExactly(new Detail("c", "***", "Bearer *** ends"));
    assertThat(stackTrace(e)).doesNotContain("t0ken-of-mine");

    service.answer(request -> Answer.status(502).body("Got " + request.header("Authorization")));
    assertThat(refusal().text()).isEqualTo("Got Bearer ***");
  }

  @Test
  void unreadableAnswerIsATransportFailureThatQuotesNothing() {
    service.answer(Answer.json(200, "{\"Name\":"));
    assertThatThrownBy(() -> client.getUser("u"))
        .isExactlyInstanceOf(AzurePackTransportException.class)
        .isInstanceOf(TransportException.class)
        .hasMessage("A body could not be written or read as JSON")
        .cause()
        .hasMessageStartingWith("JsonEOFException at line 1, column ");

    service.answer(Answer.json(200, "<User>t0ken-of-mine</User>"));
    assertThatThrownBy(() -> client.findUser("u"))
        .isExactlyInstanceOf(AzurePackTransportException.class)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("t0ken-of-mine"));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"t0ken-of-mine\"', InvalidFormatException",
    "'\"2013-06-27\"', InvalidFormatException",
    "'\"\"', InvalidFormatException",
    "7, MismatchedInputException",
    "'[\"t0ken-of-mine\"]', MismatchedInputException"
  })
  void whatIsNoTimeIsATransportFailureThatQuotesNothing(String time, String kind) {
    service.answer(Answer.json(200, "{\"CreatedTime\":" + time + "}"));

    assertThatThrownBy(() -> client.getUser("u"))
        .isExactlyInstanceOf(AzurePackTransportException.class)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("t0ken-of-mine"))
        .cause()
        .hasMessage(kind + " at line 1, column 16 in CreatedTime");
  }

  @Test
  void credentialsAreInNoToString() {
    AzurePackClientBuilder builder = Clients.of(service);

    assertThat(builder.toString()).doesNotContain("t0ken-of-mine");
    assertThat(builder.build().toString()).doesNotContain("t0ken-of-mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "tök"})
  void tokensThatNoHeaderCanCarryAreRefusedUnquoted(String token) {
    AzurePackClient other = Clients.of(service).bearer(() -> token).build();

    assertThatThrownBy(() -> other.getUser("u"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The bearer supplier returned ")
        .message()
        .doesNotContain("a\nb", "tök");
    assertThat(service.all()).isEmpty();
  }

  @Test
  void absentServerIsATransportFailure() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    AzurePackClient other = Clients.of(service).endpoint("http://127.0.0.1:" + port).build();

    assertThatThrownBy(() -> other.getUser("u"))
        .isExactlyInstanceOf(AzurePackTransportException.class)
        .hasMessageStartingWith(
            "GET http://127.0.0.1:%d/users/u found no server: ".formatted(port));
  }

  @Test
  void serverThatNeverAnswersIsATimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      AzurePackClient other =
          Clients.of(service)
              .endpoint("http://127.0.0.1:" + silent.getLocalPort())
              .requestTimeout(Duration.ofMillis(300))
              .build();

      assertThatThrownBy(() -> other.findUser("u"))
          .isExactlyInstanceOf(AzurePackTimeoutException.class)
          .hasMessage(
              "GET http://127.0.0.1:%d/users/u was not answered within PT0.3S",
              silent.getLocalPort());
    }
  }

  @Test
  void bodyThatNeverEndsIsATimeout() {
    service.answer(Answer.json(200, "{\"Name\":\"u\"").stalling());
    AzurePackClient other = Clients.of(service).requestTimeout(Duration.ofMillis(500)).build();

    assertThatThrownBy(() -> other.getUser("u"))
        .isExactlyInstanceOf(AzurePackTimeoutException.class);
  }

  @Test
  void interruptEndsTheCallAndStaysSet() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.getUser("u"))
        .isExactlyInstanceOf(AzurePackTransportException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void errorsSurviveSerialization() throws Exception {
    service.answer(
        Answer.json(
            400, "{\"Code\":\"c\",\"Message\":\"m\",\"Details\":[{\"Source\":\"Email\"}]}"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(refusal());
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat((AzurePackException) in.readObject())
          .returns("c", AzurePackException::code)
          .returns(List.of(new Detail(null, "Email", null)), AzurePackException::details);
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
