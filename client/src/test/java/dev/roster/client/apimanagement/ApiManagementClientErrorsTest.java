package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.TransportException;
import dev.roster.client.apimanagement.model.UserCreateParameterProperties;
import dev.roster.client.apimanagement.model.UserCreateParameters;
import dev.roster.client.apimanagement.model.UserUpdateParameters;
import dev.roster.client.apimanagement.model.UserUpdateParametersProperties;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ApiManagementClientErrorsTest {

  private static final String NOT_FOUND =
      "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"User not found.\",\"details\":null}}";

  private final FakeService service = new FakeService();
  private final ApiManagementClient client = Clients.of(service).build();

  @AfterEach
  void stop() {
    service.close();
  }

  private ApiManagementException refusal() {
    return catchThrowableOfType(ApiManagementException.class, () -> client.getUser("u"));
  }

  private String user() {
    return service.endpoint() + Clients.SERVICE + "/users/u";
  }

  @Test
  void errorBodyIsRead() {
    service.answer(
        Answer.json(404, NOT_FOUND)
            .with("x-ms-request-id", "r")
            .with("x-ms-correlation-request-id", "c"));

    ApiManagementException e = refusal();

    assertThat(e).isInstanceOf(ServiceException.class);
    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo("ResourceNotFound");
    assertThat(e.text()).isEqualTo("User not found.");
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isEqualTo("r");
    assertThat(e.correlationId()).isEqualTo("c");
    assertThat(e.clientRequestId()).isEqualTo(service.last().header("x-ms-client-request-id"));
    assertThat(e.failureCause()).isNull();
    assertThat(e.isNotFound()).isTrue();
    assertThat(e.isPreconditionFailed()).isFalse();
    assertThat(e)
        .hasMessage(
            "GET %s answered 404 ResourceNotFound: User not found. (x-ms-request-id r)", user());
  }

  @Test
  void detailsAreReadInOrder() {
    service.answer(
        Answer.json(
            400,
            """
            {"error":{"code":"ValidationError","message":"One or more fields contain incorrect values:",
             "details":[
              {"code":"ValidationError","target":"firstName","message":"'firstName' must not be empty."},
              {"code":"ValidationError","target":"identities[0].provider","message":"No."}]}}"""));

    ApiManagementException e = refusal();

    assertThat(e.details())
        .containsExactly(
            new ApiManagementException.Detail(
                "firstName", "ValidationError", "'firstName' must not be empty."),
            new ApiManagementException.Detail("identities[0].provider", "ValidationError", "No."));
    assertThat(e.detail("identities[0].provider"))
        .map(ApiManagementException.Detail::message)
        .contains("No.");
    assertThat(e.detail("lastName")).isEmpty();
    assertThat(e)
        .hasMessageEndingWith(
            "400 ValidationError: One or more fields contain incorrect values:"
                + " [firstName: 'firstName' must not be empty., identities[0].provider: No.]");
  }

  @Test
  void staleTagIsAFailedPrecondition() {
    service.answer(
        Answer.json(
            412,
            "{\"error\":{\"code\":\"PreconditionFailed\",\"message\":\"Resource was modified since"
                + " last retrieval.\",\"details\":null}}"));

    assertThatThrownBy(() -> client.updateUser("u", ETag.of("\"old\""), new UserUpdateParameters()))
        .isInstanceOfSatisfying(
            ApiManagementException.class,
            e -> {
              assertThat(e.isPreconditionFailed()).isTrue();
              assertThat(e.isNotFound()).isFalse();
              assertThat(e.code()).isEqualTo("PreconditionFailed");
            });
  }

  @Test
  void gatewayIsNamedAsTheCause() {
    service.answer(
        Answer.json(404, "{\"error\":{\"code\":\"ResourceGroupNotFound\",\"message\":\"No.\"}}")
            .with("x-ms-failure-cause", "gateway"));

    ApiManagementException e = refusal();

    assertThat(e.failureCause()).isEqualTo("gateway");
    assertThat(e.details()).isEmpty();
  }

  @Test
  void emptyBodyHasNoCode() {
    service.answer(Answer.status(503));

    ApiManagementException e = refusal();

    assertThat(e.status()).isEqualTo(503);
    assertThat(e.code()).isNull();
    assertThat(e.text()).isNull();
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isNull();
    assertThat(e.correlationId()).isNull();
    assertThat(e).hasMessage("GET %s answered 503", user());
  }

  @Test
  void textBodyIsTheTextAndHasNoCode() {
    service.answer(Answer.status(502).with("Content-Type", "text/html").body("<h1>Bäd</h1>\nx"));

    ApiManagementException e = refusal();

    assertThat(e.code()).isNull();
    assertThat(e.text()).isEqualTo("<h1>Bäd</h1>\nx");
    assertThat(e).hasMessageEndingWith("answered 502: <h1>Bäd</h1>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "{}",
        "{\"error\":",
        "{\"error\":\"invalid_token\"}",
        "{\"title\":\"Not Found\",\"status\":404}"
      })
  void foreignBodiesAreTheTextAndHaveNoCode(String body) {
    service.answer(Answer.json(500, body));

    assertThat(refusal())
        .returns(500, ApiManagementException::status)
        .returns(null, ApiManagementException::code)
        .returns(body, ApiManagementException::text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{}}",
        "{\"error\":{\"code\":null,\"message\":null,\"details\":{}}}",
        "{\"error\":{\"code\":{},\"message\":[1],\"details\":\"x\"}}"
      })
  void strangeErrorsHaveNeitherCodeNorText(String body) {
    service.answer(Answer.json(500, body));

    assertThat(refusal())
        .returns(null, ApiManagementException::code)
        .returns(null, ApiManagementException::text)
        .hasMessage("GET %s answered 500", user());
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
  void sentSecretsAreMaskedWhenTheServerRepeatsThem() {
    service.answer(
        request ->
            Answer.json(
                    400,
                    """
                {"error":{"code":"S3cret-pass","message":"Not S3cret-pass for %s","details":[
                 {"code":"c","target":"S3cret-pass","message":"S3cret-pass is short"}]}}"""
                        .formatted(request.header("Authorization")))
                .with("x-ms-request-id", request.header("Authorization")));

    assertThatThrownBy(
            () ->
                client.createOrUpdateUser(
                    "u",
                    new UserCreateParameters()
                        .properties(new UserCreateParameterProperties().password("S3cret-pass"))))
        .isInstanceOfSatisfying(
            ApiManagementException.class, ApiManagementClientErrorsTest::isMasked);
    assertThatThrownBy(
            () ->
                client.updateUser(
                    "u",
                    ETag.ANY,
                    new UserUpdateParameters()
                        .properties(new UserUpdateParametersProperties().password("S3cret-pass"))))
        .isInstanceOfSatisfying(
            ApiManagementException.class, ApiManagementClientErrorsTest::isMasked);
  }

  private static void isMasked(ApiManagementException e) {
    assertThat(e.code()).isEqualTo("***");
    assertThat(e.text()).isEqualTo("Not *** for Bearer ***");
    assertThat(e.requestId()).isEqualTo("Bearer ***");
    assertThat(e.details())
        .containsExactly(new ApiManagementException.Detail("***", "c", "*** is short"));
    assertThat(stackTrace(e)).doesNotContain("S3cret-pass", "t0ken-of-mine");
  }

  @Test
  void fieldStaysRecognizableWhenItsNameIsThePassword() {
    service.answer(
        Answer.json(
            400,
            """
            {"error":{"code":"ValidationError","message":"m","details":[
             {"code":"ValidationError","target":"password","message":"password is too short"}]}}"""));

    assertThatThrownBy(
            () ->
                client.updateUser(
                    "u",
                    ETag.ANY,
                    new UserUpdateParameters()
                        .properties(new UserUpdateParametersProperties().password("password"))))
        .isInstanceOfSatisfying(
            ApiManagementException.class,
            e ->
                assertThat(e.detail("password"))
                    .map(ApiManagementException.Detail::message)
                    .contains("*** is too short"));
  }

  @Test
  void bodyThatComesBackAsAWholeHidesItsPassword() {
    service.answer(request -> Answer.status(502).body("Upstream got " + request.body()));

    assertThatThrownBy(
            () ->
                client.updateUser(
                    "u",
                    ETag.ANY,
                    new UserUpdateParameters()
                        .properties(new UserUpdateParametersProperties().password("S3\"cret"))))
        .isInstanceOfSatisfying(
            ApiManagementException.class,
            e ->
                assertThat(e.text())
                    .isEqualTo("Upstream got {\"properties\":{\"password\":\"***\"}}"));
  }

  @Test
  void unreadableAnswerIsATransportFailureThatQuotesNothing() {
    service.answer(Answer.json(200, "{\"name\":"));
    assertThatThrownBy(() -> client.getUser("u"))
        .isExactlyInstanceOf(ApiManagementTransportException.class)
        .isInstanceOf(TransportException.class)
        .hasMessage("A body could not be written or read as JSON")
        .cause()
        .hasMessageStartingWith("JsonEOFException at line 1, column ");

    service.answer(Answer.json(200, "{\"properties\":{\"registrationDate\":\"t0ken-of-mine\"}}"));
    assertThatThrownBy(() -> client.getUser("u"))
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("t0ken-of-mine"))
        .cause()
        .hasMessage("InvalidFormatException at line 1, column 35 in properties.registrationDate");

    service.answer(Answer.json(200, "{\"value\":\"t0ken-of-mine\"}"));
    assertThatThrownBy(() -> client.listUsersNext(service.endpoint() + "/next"))
        .isExactlyInstanceOf(ApiManagementTransportException.class)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("t0ken-of-mine"));
  }

  @Test
  void credentialsAreInNoToString() {
    ApiManagementClientBuilder builder = Clients.of(service);

    assertThat(builder.toString()).doesNotContain("t0ken-of-mine");
    assertThat(builder.build().toString()).doesNotContain("t0ken-of-mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "tök"})
  void tokensThatNoHeaderCanCarryAreRefusedUnquoted(String token) {
    ApiManagementClient other = Clients.of(service).bearer(() -> token).build();

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
    ApiManagementClient other = Clients.of(service).endpoint("http://127.0.0.1:" + port).build();

    assertThatThrownBy(() -> other.getUser("u"))
        .isExactlyInstanceOf(ApiManagementTransportException.class)
        .hasMessageStartingWith(
            "GET http://127.0.0.1:%d%s/users/u found no server: ".formatted(port, Clients.SERVICE));
  }

  @Test
  void serverThatNeverAnswersIsATimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      ApiManagementClient other =
          Clients.of(service)
              .endpoint("http://127.0.0.1:" + silent.getLocalPort())
              .requestTimeout(Duration.ofMillis(300))
              .build();

      assertThatThrownBy(() -> other.userExists("u"))
          .isExactlyInstanceOf(ApiManagementTimeoutException.class)
          .hasMessage(
              "HEAD http://127.0.0.1:%d%s/users/u was not answered within PT0.3S",
              silent.getLocalPort(), Clients.SERVICE);
    }
  }

  @Test
  void bodyThatNeverEndsIsATimeout() {
    service.answer(Answer.json(200, "{\"name\":\"u\"").stalling());
    ApiManagementClient other = Clients.of(service).requestTimeout(Duration.ofMillis(500)).build();

    assertThatThrownBy(() -> other.getUser("u"))
        .isExactlyInstanceOf(ApiManagementTimeoutException.class);
  }

  @Test
  void interruptEndsTheCallAndStaysSet() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.getUser("u"))
        .isExactlyInstanceOf(ApiManagementTransportException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void errorsSurviveSerialization() throws Exception {
    service.answer(
        Answer.json(
                400,
                "{\"error\":{\"code\":\"c\",\"message\":\"m\",\"details\":[{\"target\":\"t\"}]}}")
            .with("x-ms-request-id", "r"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(refusal());
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat((ApiManagementException) in.readObject())
          .returns("c", ApiManagementException::code)
          .returns("r", ApiManagementException::requestId)
          .satisfies(e -> assertThat(e.detail("t")).isPresent());
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
