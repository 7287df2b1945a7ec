package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.TransportException;
import dev.roster.client.http.AnyBuilder.AnyClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every client tells that it was refused, or that there was no usable answer. */
public interface ErrorsOfEveryClient extends ClientTest {

  /** The exception of a read that the service refuses. */
  private ServiceException refusal() {
    AnyClient client = api().builder().build();
    ServiceException e = catchThrowableOfType(ServiceException.class, () -> client.read("u"));
    assertThat(e).isExactlyInstanceOf(api().facts().refused());
    return e;
  }

  @Test
  default void emptyBodyHasNoCode() {
    api().answer(Answer.status(503));

    ServiceException e = refusal();

    assertThat(e.status()).isEqualTo(503);
    assertThat(e.code()).isNull();
    assertThat(e.text()).isNull();
    assertThat(e.requestId()).isNull();
    assertThat(api().details(e)).isEmpty();
    assertThat(e).hasMessage("%s answered 503", api().readRequest("u"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<h1>Bäd</h1>", "[]", "7", "{\"code\":"})
  default void bodiesThatAreNoJsonObjectAreTheTextAndHaveNoCode(String body) {
    api().answer(Answer.status(500).with("Content-Type", "text/html").body(body));

    ServiceException e = refusal();

    assertThat(e.status()).isEqualTo(500);
    assertThat(e.code()).isNull();
    assertThat(e.text()).isEqualTo(body);
    assertThat(api().details(e)).isEmpty();
    assertThat(e).hasMessage("%s answered 500: %s", api().readRequest("u"), body);
  }

  @Test
  default void onlyTheFirstLineOfAForeignBodyIsInTheMessage() {
    api().answer(Answer.status(502).body("<h1>Bäd</h1>\nx"));

    assertThat(refusal())
        .returns("<h1>Bäd</h1>\nx", ServiceException::text)
        .hasMessageEndingWith(" answered 502: <h1>Bäd</h1>");
  }

  @Test
  default void longTextIsCutInTheMessageOnly() {
    api().answer(Answer.status(500).body("x".repeat(5_000)));

    ServiceException e = refusal();

    assertThat(e.text()).hasSize(5_000);
    assertThat(e).hasMessageEndingWith(" 500: " + "x".repeat(200) + "...");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 307})
  default void redirectsAreNotFollowed(int status) {
    api().answer(Answer.status(status).with("Location", api().service().endpoint() + "/elsewhere"));

    assertThat(refusal().status()).isEqualTo(status);
    assertThat(api().service().all())
        .extracting(Received::line)
        .containsExactlyElementsOf(api().linesOfFirstRead("u"));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500, 503})
  default void refusalsAreNotRetried(int status) {
    api().answer(Answer.status(status).with("Retry-After", "1"));

    assertThat(refusal().status()).isEqualTo(status);
    assertThat(api().service().all())
        .extracting(Received::line)
        .containsExactlyElementsOf(api().linesOfFirstRead("u"));
  }

  @Test
  default void unreadableAnswerIsATransportFailure() {
    api().answer(Answer.json(200, "{\"id\":"));
    AnyClient client = api().builder().build();

    assertThatThrownBy(() -> client.read("u"))
        .isExactlyInstanceOf(api().facts().broken())
        .isInstanceOf(TransportException.class)
        .hasMessage("A body could not be written or read as JSON")
        .cause()
        .hasMessage("JsonEOFException at line 1, column 7");
  }

  @Test
  default void unreadableAnswerIsNotQuoted() {
    api().answer(Answer.json(200, ClientUnderTest.SECRET));
    AnyClient client = api().builder().build();

    assertThatThrownBy(() -> client.read("u"))
        .isExactlyInstanceOf(api().facts().broken())
        .satisfies(
            e -> assertThat(StackTrace.of(e)).doesNotContain(ClientUnderTest.SECRET, "t0ken"))
        .cause()
        .hasMessageStartingWith("JsonParseException at line 1, column ");
  }

  @Test
  default void absentServerIsATransportFailure() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String endpoint = "http://127.0.0.1:" + port;
    AnyClient client = api().builder().endpoint(endpoint).build();

    assertThatThrownBy(() -> client.read("u"))
        .isExactlyInstanceOf(api().facts().broken())
        .hasMessageStartingWith(api().firstRequest(endpoint, "u") + " found no server: ");
  }

  @Test
  default void serverThatNeverAnswersIsATimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      String endpoint = "http://127.0.0.1:" + silent.getLocalPort();
      AnyClient client =
          api().builder().endpoint(endpoint).requestTimeout(Duration.ofMillis(300)).build();

      assertThatThrownBy(() -> client.read("u"))
          .isExactlyInstanceOf(api().facts().timedOut())
          .hasMessage("%s was not answered within PT0.3S", api().firstRequest(endpoint, "u"));
    }
  }

  @Test
  default void bodyThatNeverEndsIsATimeout() {
    api().answer(Answer.json(200, "{").stalling());
    AnyClient client = api().builder().requestTimeout(Duration.ofMillis(500)).build();

    assertThatThrownBy(() -> client.read("u"))
        .isExactlyInstanceOf(api().facts().timedOut())
        .hasMessage("%s was not answered within PT0.5S", api().readRequest("u"));
  }

  @Test
  default void interruptEndsTheCallAndStaysSet() {
    AnyClient client = api().builder().build();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.read("u"))
        .isExactlyInstanceOf(api().facts().broken())
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  default void errorsSurviveSerialization() throws Exception {
    api().answer(api().refusal());
    ServiceException e = refusal();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(e);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ServiceException copy = (ServiceException) in.readObject();
      assertThat(copy)
          .isExactlyInstanceOf(api().facts().refused())
          .hasMessage(e.getMessage())
          .returns(400, ServiceException::status)
          .returns("SomeCode", ServiceException::code)
          .returns("Some text.", ServiceException::text)
          .returns(e.requestId(), ServiceException::requestId)
          .returns(e.clientRequestId(), ServiceException::clientRequestId);
      assertThat(api().details(copy)).isNotEmpty().isEqualTo(api().details(e));
    }
  }
}
