package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client should send; none of them is the server's fault. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class BrokenRequestsTest {

  private static final String TEXT_FAULT =
      "%s has to have at most 256 characters and no control character.";
  private static final String NAME_FAULT =
      "Name has to have at most 256 characters, none of them a control character or one of < > * %"
          + " & : \\ ? /.";

  @Inject PackWorld world;

  static Stream<String> unstorable() {
    return Stream.of(
        "a\\u0000b",
        "a\\ud800b",
        "\\udc00",
        "\\ud800\\ud800",
        "\\uffff",
        "\\ufffe",
        "\\u0001",
        "\\u0085",
        "x".repeat(257),
        "x".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("unstorable")
  @Covers("pack.common.no-server-errors")
  void textThatCannotBeKeptIsRefused(String text) {
    String name = newName();
    String known = world.newUser();
    JsonNode before = world.read(known);
    String email = "{\"Name\": \"%s\", \"Email\": \"%s\"}";

    assertInvalid(world.post(email.formatted(name, text)), "Email", TEXT_FAULT.formatted("Email"));
    assertInvalid(
        world.put(known, email.formatted(known, text)), "Email", TEXT_FAULT.formatted("Email"));
    assertInvalid(world.post(email.formatted(text, "e@x")), "Name", NAME_FAULT);
    assertInvalid(
        world.put(known, email.formatted(text, "e@x")),
        "Name",
        "Name has to be that of the URI; users cannot be renamed.");
    assertInvalid(
        world
            .call(
                "POST",
                "/invalidusertokens",
                "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"
                    .formatted(text))
            .send(),
        "Username",
        TEXT_FAULT.formatted("Username"));

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertThat(world.read(known)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("unstorable")
  @Covers("pack.common.no-server-errors")
  void textThatIsPassedOverMayBeAnything(String text) {
    String name = newName();
    String json = body(name).replace("}", ", \"LastErrorMessage\": \"" + text + "\"}");

    Answer created = world.post(json);

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().get("LastErrorMessage").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T23:59:59",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00",
        "0000-12-31T23:59:59",
        "2013-02-30T00:00:00",
        "2013-06-28T24:00:01"
      })
  @Covers("pack.common.no-server-errors")
  void timeThatNoCalendarOfDotNetHasIsRefused(String time) {
    String token = "{\"Username\": \"%s\", \"TokenExpiryTime\": \"%s\"}".formatted(newName(), time);

    assertInvalid(
        world.call("POST", "/invalidusertokens", token).send(),
        "TokenExpiryTime",
        "TokenExpiryTime has to be a time.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.9999999",
        "9999-12-31T23:59:59-14:00"
      })
  @Covers("pack.common.no-server-errors")
  void firstAndLastTimeOfDotNetAreTaken(String time) {
    String token = "{\"Username\": \"%s\", \"TokenExpiryTime\": \"%s\"}".formatted(newName(), time);

    assertThat(world.call("POST", "/invalidusertokens", token).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u00c3\u00bc",
        "%01",
        "%EF%BF%BF",
        "%F0%9F%98%80",
        "a%2Fb",
        "%2F",
        "%5C",
        "%25",
        "%2525",
        ";a=b",
        "a;b/",
        "'%20or%201=1--",
        "{userName}",
        "%20",
        "+",
        "a:b",
        "$&",
        "!*'()",
        "\"<>|^`"
      })
  @Covers("pack.common.no-server-errors")
  void oddNamesAreOnlyUnknown(String name) {
    for (String method : List.of("GET", "DELETE")) {
      assertThat(world.raw(method, "/users/" + name).send().status()).isEqualTo(404);
    }
    Answer updated =
        world
            .raw("PUT", "/users/" + name)
            .header("Content-Type", "application/json")
            .announcedBody("{\"Email\": \"e@x\"}".getBytes(StandardCharsets.UTF_8))
            .send();
    assertThat(updated.status()).as(updated.text()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 20_000, 60_000})
  @Covers("pack.common.no-server-errors")
  void veryLongUrlsAreRead(int length) {
    String name = "x".repeat(length);

    assertThat(world.raw("GET", "/users/" + name).send().status()).isEqualTo(404);
    Answer list = world.raw("GET", "/users?take=1&filter=" + name).send();
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().get("items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          skip=2147483648                         | 404
          skip=2147483647                         | 200
          take=-1                                 | 404
          take=0                                  | 200
          take=2147483647&skip=2147483647         | 200
          take=1e3                                | 404
          take=%D9%A1%00                          | 400
          take=1%20                               | 404
          sortProperty=name;drop%20table          | 404
          sortProperty=                           | 404
          sortDirection=%F0%9F%98%80              | 404
          take=1&filter=%25_%5C'%22               | 200
          take=1&filter=%EF%BF%BF%01              | 200
          take=1&&&=&filter                       | 200
          """)
  @Covers("pack.common.no-server-errors")
  void oddParametersOfAListHaveAnAnswer(String query, int status) {
    Answer answer = world.raw("GET", USERS + "?" + query).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  static Stream<String> oddXml() {
    String open = "<User xmlns=\"http://schemas.microsoft.com/windowsazure\">";
    String rest = "<Name>NAME</Name><Email>e@x</Email></User>";
    return Stream.of(
        open + "<a>".repeat(100_000) + "</a>".repeat(100_000) + rest,
        open + "<a>".repeat(100_000),
        open + "<" + "a".repeat(500_000) + "/>" + rest,
        open + "<a " + "b".repeat(500_000) + "='c'/>" + rest,
        open + "<a " + attributes(30_000) + "/>" + rest,
        open + "<!--" + "x".repeat(500_000) + "-->" + rest,
        open + "<?p " + "x".repeat(500_000) + "?>" + rest,
        open + "<Unknown>" + "x".repeat(900_000) + "</Unknown>" + rest,
        open + "<a/>".repeat(100_000) + rest,
        open + "<Name>x</Name>".repeat(30_000) + rest,
        open + "&#120;".repeat(100_000) + rest,
        open + "<![CDATA[" + rest,
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + open + rest,
        "<?xml version=\"1.0\" encoding=\"UTF-32\"?>" + open + rest,
        "<?xml version=\"1.0\" encoding=\"IBM037\"?>" + open + rest,
        "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + open + rest,
        "<?xml version=\"1.0\" encoding=\"\"?>" + open + rest,
        "<?xml version=\"1.1\"?>" + open + rest,
        "\u00fe\u00ff" + open + rest,
        "\u00ff\u00fe<\u0000",
        "\u0000\u0000\u00fe\u00ff\u0000",
        "L\u006f\u00a7\u0094",
        "\u00ef\u00bb\u00bf");
  }

  private static String attributes(int count) {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      attributes.append(" a").append(i).append("='b'");
    }
    return attributes.toString();
  }

  @ParameterizedTest
  @MethodSource("oddXml")
  @Covers("pack.common.no-server-errors")
  void oddXmlIsReadOrRefused(String xml) {
    RawHttp request =
        world
            .raw("POST", USERS)
            .header("Content-Type", "application/xml")
            .header("Accept", "application/json")
            .announcedBody(xml.replace("NAME", newName()).getBytes(StandardCharsets.ISO_8859_1));

    Answer answer = request.send();

    assertThat(answer.status()).as(answer.text()).isIn(201, 400);
    if (answer.status() == 400) {
      assertThat(answer.json().get("Code").asText()).isEqualTo("InvalidInput");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8 with BOM", "UTF-16", "UTF-16LE", "UTF-32BE"})
  @Covers("pack.common.no-server-errors")
  void jsonInAnyUnicodeEncodingIsRead(String encoding) throws Exception {
    String name = newName();
    byte[] json =
        encoding.endsWith("BOM")
            ? ("\ufeff" + body(name)).getBytes(StandardCharsets.UTF_8)
            : body(name).getBytes(encoding);

    Answer created =
        world
            .raw("POST", USERS)
            .header("Content-Type", "application/json; charset=no-such")
            .announcedBody(json)
            .send();

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().get("Name").asText()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: ///;;q=,,=",
        "Accept: application/xml;q=1e999",
        "Accept: application/json;q=NaN",
        "Accept-Language: xx-;;",
        "Accept-Charset: no-such",
        "Accept-Encoding: no-such",
        "Cookie: ;;=",
        "Range: bytes=5-1",
        "If-Match: *",
        "If-Modified-Since: yesterday",
        "X-HTTP-Method-Override: NONE",
        "Upgrade: h2c"
      })
  @Covers("pack.common.no-server-errors")
  void oddHeadersArePassedOver(String header) {
    String name = world.newUser();
    int colon = header.indexOf(':');

    Answer answer =
        world
            .raw("GET", user(name))
            .header(header.substring(0, colon), header.substring(colon + 2))
            .send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
