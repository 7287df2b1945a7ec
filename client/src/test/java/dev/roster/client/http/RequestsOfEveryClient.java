package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.AnyBuilder.AnyClient;
import dev.roster.client.http.FakeService.Received;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the requests of every client have in common. */
public interface RequestsOfEveryClient extends ClientTest {

  /** Calls that put the given name into their path. */
  List<NamedCall> callsWithNames();

  /** Checks what was sent, but for log-ins: one request, with JSON of that type if with a body. */
  default void assertOneRequest(String line, String body, String contentType) {
    assertThat(api().requests())
        .singleElement()
        .returns(line, Received::line)
        .returns(body, Received::body)
        .returns(Integer.toString(body.length()), request -> request.header("Content-Length"))
        .returns(body.isEmpty() ? null : contentType, request -> request.header("Content-Type"));
  }

  @ParameterizedTest
  @CsvSource({
    "first.last+tag@contoso.example, first.last%2Btag%40contoso.example",
    "a b, a%20b",
    "a/b, a%2Fb",
    "a%2Fb, a%252Fb",
    "é, %C3%A9",
    "\uD83D\uDE00, %F0%9F%98%80",
    "a?b#c, a%3Fb%23c",
    "{userId}, %7BuserId%7D",
    "'a;b=c&d:@', a%3Bb%3Dc%26d%3A%40"
  })
  default void namesArriveAsOnePathSegment(String name, String segment) {
    api().answer(request -> api().found("u"));

    callsWithNames().forEach(call -> call.make(name));

    assertThat(api().requests())
        .extracting(Received::line)
        .containsExactlyElementsOf(
            callsWithNames().stream().map(call -> call.line(segment)).toList());
  }

  @ParameterizedTest
  @CsvSource({"''", ".", "..", "\uD83D"})
  default void namesThatNoUrlCanCarryAreRefusedUnsent(String name) {
    for (NamedCall call : callsWithNames()) {
      assertThatThrownBy(() -> call.make(name))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("A URL cannot carry the id or name '" + name + "'");
    }
    assertThat(api().service().all()).isEmpty();
  }

  @Test
  default void basePathIsSent() {
    api().answer(api().found("u"));

    api().builder().endpoint(api().service().endpoint() + "/base/").build().read("u");

    assertThat(api().service().all())
        .extracting(Received::line)
        .containsExactlyElementsOf(
            api().linesOfFirstRead("u").stream()
                .map(line -> line.replace(" /", " /base/"))
                .toList());
  }

  @Test
  default void givenHttpClientIsUsedOverHttp1() {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    api().answer(api().found("u"));

    api().builder().httpClient(http).build().read("u");

    assertThat(api().service().last().header("Upgrade")).isNull();
    assertThat(api().service().last().header("Content-Length")).isEqualTo("0");
  }

  @Test
  default void selfSignedCertificateIsTrustedOnRequest(@TempDir Path directory) {
    SSLContext certificate = SelfSigned.context(directory);
    try (ClientUnderTest secured = api().secured(certificate)) {
      secured.answer(secured.found("u"));
      assertThat(secured.service().endpoint()).hasScheme("https");
      AnyClient trusting = secured.builder().sslContext(certificate).build();
      AnyClient doubting = secured.builder().build();

      trusting.read("u");
      assertThatThrownBy(() -> doubting.read("u"))
          .isExactlyInstanceOf(secured.facts().broken())
          .hasMessageStartingWith(
              secured.firstRequest(secured.service().endpoint(), "u") + " failed: ");

      assertThat(secured.service().all())
          .extracting(Received::line)
          .containsExactlyElementsOf(secured.linesOfFirstRead("u"));
    }
  }

  /**
   * A call that puts a name into its path.
   *
   * @param template line of its request, with NAME for the name
   * @param call makes the call
   */
  record NamedCall(String template, Consumer<String> call) {

    void make(String name) {
      call.accept(name);
    }

    String line(String segment) {
      return template.replace("NAME", segment);
    }
  }
}
