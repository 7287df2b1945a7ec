package dev.roster.server.batch;

import static dev.roster.server.batch.BatchErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client should send; each has one answer, and never one that is retried. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class BrokenRequestsTest {

  private static final int MEBIBYTE = 1024 * 1024;

  private static final String ADD_USER = "POST {node}/users";
  private static final String UPDATE_USER = "PUT {node}/users/known";
  private static final String REBOOT = "POST {node}/reboot";
  private static final String REIMAGE = "POST {node}/reimage";
  private static final String DISABLE = "POST {node}/disablescheduling";
  private static final String ADD_POOL = "POST /pools";

  private static final List<String> WITH_BODY =
      List.of(ADD_USER, UPDATE_USER, REBOOT, REIMAGE, DISABLE, ADD_POOL);

  private static final String POOL =
      "\"id\": \"broken\", \"vmSize\": \"small\","
          + " \"cloudServiceConfiguration\": {\"osFamily\": \"6\"}";

  private static final String INVALID = "The value is not valid for this property.";
  private static final String UNSTORABLE = "The text has a character that is not allowed.";

  @Inject BatchWorld world;

  /** A body that an operation does not take. */
  record Case(String operation, String body, String code, List<String> details) {
    @Override
    public String toString() {
      return operation + " " + (body.length() > 60 ? body.substring(0, 60) + "..." : body);
    }
  }

  static Stream<Case> malformed() {
    List<Case> cases = new ArrayList<>();
    for (String operation : WITH_BODY) {
      for (String body :
          List.of(
              "{",
              "}",
              "{\"name\"",
              "{\"name\": ",
              "{name: 1}",
              "{'name': 1}",
              "{\"name\": \"a\",}",
              "{\"name\": \"a\\x\"}",
              "{\"name\": \"a\nb\"}",
              "{\"name\": 01}",
              "{\"name\": NaN}",
              "{} x",
              "{}{}",
              "{},",
              "{\"name\": \"a\"} // done",
              "<user/>",
              "name=a",
              "\u0000",
              "[".repeat(100_000),
              "{\"a\":".repeat(100_000),
              "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
              "{\"a\": " + "9".repeat(5_000) + "}",
              "{\"" + "a".repeat(60_000) + "\": 1}")) {
        cases.add(new Case(operation, body, "InvalidRequestBody", List.of()));
      }
    }
    for (String number : List.of("1e2147483648", "-1E-2147483649", "1e" + "9".repeat(500))) {
      for (String member : List.of("id", "startTask", "other")) {
        cases.add(
            new Case(
                ADD_POOL,
                "{\"%s\": %s}".formatted(member, number),
                "InvalidRequestBody",
                List.of()));
      }
    }
    return cases.stream();
  }

  static Stream<Case> wrongTypes() {
    List<Case> cases = new ArrayList<>();
    for (String operation : WITH_BODY) {
      for (String body : List.of("[]", "[{}]", "\"text\"", "\"\"", "1", "1.5", "true", "false")) {
        cases.add(new Case(operation, body, "InvalidRequestBody", List.of()));
      }
    }
    wrongMembers(cases, ADD_USER, "", "name", "5", "1.5", "true", "{}", "[]", "[\"a\"]");
    for (String operation : List.of(ADD_USER, UPDATE_USER)) {
      String others = operation.equals(ADD_USER) ? "\"name\": \"a\"" : "";
      wrongMembers(cases, operation, others, "password", "5", "true", "{}", "[]", "[\"a\"]");
      wrongMembers(cases, operation, others, "sshPublicKey", "5", "false", "{}", "[]");
      wrongMembers(
          cases, operation, others, "expiryTime", "5", "1.5", "-1", "true", "{}", "[]", "[2030]");
    }
    wrongMembers(
        cases,
        ADD_USER,
        "\"name\": \"a\"",
        "isAdmin",
        "\"true\"",
        "\"\"",
        "\"x\"",
        "1",
        "0",
        "1.5",
        "{}",
        "[]",
        "[true]");
    wrongMembers(cases, REBOOT, "", "nodeRebootOption", "0", "1", "1.5", "true", "{}", "[]");
    wrongMembers(cases, REIMAGE, "", "nodeReimageOption", "0", "true", "{}", "[]");
    wrongMembers(cases, DISABLE, "", "nodeDisableSchedulingOption", "0", "true", "{}", "[]");
    for (String member : List.of("id", "vmSize", "cloudServiceConfiguration")) {
      wrongMembers(cases, ADD_POOL, POOL, member, "5", "true");
    }
    wrongMembers(
        cases,
        ADD_POOL,
        POOL,
        "targetDedicatedNodes",
        "\"1\"",
        "1.5",
        "true",
        "{}",
        "[]",
        "99999999999",
        "-99999999999",
        "1e999999999");
    return cases.stream();
  }

  private static void wrongMembers(
      List<Case> cases, String operation, String others, String member, String... values) {
    for (String value : values) {
      // Of two members with one name the last counts.
      String body =
          "{" + others + (others.isEmpty() ? "" : ", ") + "\"" + member + "\": " + value + "}";
      cases.add(new Case(operation, body, "InvalidRequestBody", List.of()));
    }
  }

  static Stream<Case> wrongValues() {
    List<Case> cases = new ArrayList<>();
    for (String operation : List.of(ADD_USER, UPDATE_USER)) {
      for (String time :
          List.of(
              "yesterday",
              "2023-02-30",
              "2023-02-29T00:00:00Z",
              "2023-13-01",
              "2023-00-01",
              "2023-1-1",
              "23-01-01",
              "20230101",
              "2023-01-01T25:00:00Z",
              "2023-01-01T24:00:00Z",
              "2023-01-01T00:60:00Z",
              "2023-01-01T00:00:60Z",
              "2023-01-01T00:00:00",
              "2023-01-01T00:00:00.12345678",
              "2023-01-01T00:00:00,5Z",
              "2023-01-01T00:00:00+0100",
              "2023-01-01T00:00:00+25:00",
              "2023-01-01T00:00:00 Z",
              "2023-01-01 00:00:00Z",
              "2023-W01-1",
              "0000-01-01",
              "10000-01-01",
              "+10000-01-01",
              "-2023-01-01",
              " 2023-01-01",
              "2023-01-01\\u0000",
              "Mon, 21 Nov 2016 18:27:39 GMT",
              "/Date(1479752859000)/",
              "1674000000",
              "P1D",
              "now")) {
        String name = operation.equals(ADD_USER) ? "\"name\": \"a\", " : "";
        cases.add(
            new Case(
                operation,
                "{" + name + "\"expiryTime\": \"" + time + "\"}",
                "InvalidPropertyValue",
                List.of(
                    "PropertyName",
                    "expiryTime",
                    "PropertyValue",
                    time.replace("\\u0000", "\u0000"),
                    "Reason",
                    INVALID)));
      }
      String name = operation.equals(ADD_USER) ? "\"name\": \"a\", " : "";
      cases.add(
          new Case(
              operation,
              "{" + name + "\"expiryTime\": \"\"}",
              "InvalidPropertyValue",
              List.of("PropertyName", "expiryTime", "Reason", INVALID)));
    }
    Map.of(
            REBOOT, "nodeRebootOption",
            REIMAGE, "nodeReimageOption",
            DISABLE, "nodeDisableSchedulingOption")
        .forEach(
            (operation, member) -> {
              for (String option :
                  List.of("later", "Requeue", "REQUEUE", "", " ", "0", "\\u0000")) {
                cases.add(
                    new Case(
                        operation,
                        "{\"" + member + "\": \"" + option + "\"}",
                        "InvalidPropertyValue",
                        List.of("PropertyName", member, "Reason", INVALID)));
              }
            });
    cases.add(
        new Case(
            ADD_POOL,
            "{" + POOL + ", \"targetDedicatedNodes\": -1}",
            "InvalidPropertyValue",
            List.of(
                "PropertyName",
                "targetDedicatedNodes",
                "PropertyValue",
                "-1",
                "Reason",
                "The number may not be negative.")));
    return cases.stream();
  }

  static Stream<Case> unstorable() {
    List<Case> cases = new ArrayList<>();
    for (String text :
        List.of("\\u0000", "a\\u0000b", "\\ud800", "a\\ud83d", "\\udc00", "\\ude00\\ud83d")) {
      for (String member : List.of("name", "password", "sshPublicKey")) {
        cases.add(
            new Case(
                ADD_USER,
                "{\"name\": \"a\", \"" + member + "\": \"" + text + "\"}",
                "InvalidPropertyValue",
                List.of("PropertyName", member, "Reason", INVALID)));
        if (!member.equals("name")) {
          cases.add(
              new Case(
                  UPDATE_USER,
                  "{\"" + member + "\": \"" + text + "\"}",
                  "InvalidPropertyValue",
                  List.of("PropertyName", member, "Reason", INVALID)));
        }
      }
      cases.add(
          new Case(
              ADD_POOL,
              "{" + POOL + ", \"displayName\": \"" + text + "\"}",
              "InvalidPropertyValue",
              List.of("PropertyName", "displayName", "Reason", UNSTORABLE)));
      cases.add(
          new Case(
              ADD_POOL,
              "{" + POOL + ", \"unknown\": {\"a\": [{\"b\": \"" + text + "\"}]}}",
              "InvalidPropertyValue",
              List.of("PropertyName", "unknown.a.b", "Reason", UNSTORABLE)));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Covers({"batch.common.body-malformed", "batch.common.no-server-errors"})
  void bodyThatIsNoJsonIsRefused(Case broken) {
    prove(broken);
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  @Covers({"batch.common.body-wrong-type", "batch.common.no-server-errors"})
  void bodyOfTheWrongTypeIsRefused(Case broken) {
    prove(broken);
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  @Covers("batch.common.no-server-errors")
  void wrongValueIsRefused(Case broken) {
    prove(broken);
  }

  @ParameterizedTest
  @MethodSource("unstorable")
  @Covers({"batch.common.text-unstorable", "batch.common.no-server-errors"})
  void textThatNoDatabaseKeepsIsRefused(Case broken) {
    prove(broken);
  }

  private void prove(Case broken) {
    Node node = broken.operation().equals(REIMAGE) ? world.cloudServiceNode() : world.linuxNode();
    world.addUser(node, "known");

    Answer answer =
        world
            .call(verb(broken.operation()), path(broken.operation(), node))
            .json(broken.body())
            .send();

    assertError(answer, 400, broken.code(), broken.details().toArray(String[]::new));
    assertThat(world.user(node, "a")).isEmpty();
    assertThat(world.user(node, "known").orElseThrow().passwordHash).isEqualTo("hash");
  }

  private static String verb(String operation) {
    return operation.substring(0, operation.indexOf(' '));
  }

  private static String path(String operation, Node node) {
    return operation.substring(operation.indexOf(' ') + 1).replace("{node}", node.path());
  }

  @ParameterizedTest
  @Covers({"batch.common.body-missing", "batch.common.no-server-errors"})
  @ValueSource(strings = {ADD_USER, UPDATE_USER, ADD_POOL})
  void missingBodyIsRefused(String operation) {
    Node node = world.linuxNode();
    String verb = verb(operation);
    String path = path(operation, node);

    assertError(world.call(verb, path).send(), 400, "InvalidRequestBody");
    assertError(world.call(verb, path).json("").send(), 400, "InvalidRequestBody");
    assertError(world.call(verb, path).json("  \n").send(), 400, "InvalidRequestBody");
    assertError(world.call(verb, path).json("null").send(), 400, "InvalidRequestBody");
    assertError(
        world
            .call(verb, path)
            .header("Content-Type", "application/json")
            .chunkedBody(new byte[0])
            .send(),
        400,
        "InvalidRequestBody");
    assertError(
        raw(verb, path + "?" + BatchWorld.VERSION).header("Content-Length", "0").send(),
        400,
        "InvalidRequestBody");
  }

  @ParameterizedTest
  @Covers("batch.common.text-unstorable")
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "ISO-8859-1"})
  void bytesThatAreNoTextAreRefused(String charset) {
    Node node = world.linuxNode();
    byte[] json = "{\"name\": \"\u00e9\"}".getBytes(Charset.forName(charset));
    byte[] cut = java.util.Arrays.copyOf(json, json.length - 1);

    assertError(
        raw("POST", node.users() + "?" + BatchWorld.VERSION).announcedBody(cut).send(),
        400,
        "InvalidRequestBody");
  }

  static Stream<byte[]> noUtf8() {
    return Stream.of(
        bytes("{\"name\": \"\u00ff\"}"),
        bytes("{\"name\": \"\u00c3(\"}"),
        bytes("{\"name\": \"\u00e9"),
        bytes("\u0000\u0000\u0000{\u0000\u0011\u0000\u0000"),
        bytes("\u00ff\u00fe{"),
        bytes("\u00fe\u00ff\u0000"),
        bytes("\u001f\u008b\u0008\u0000"));
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("noUtf8")
  @Covers({"batch.common.body-malformed", "batch.common.no-server-errors"})
  void bytesOutsideUtf8AreRefused(byte[] body) {
    Node node = world.linuxNode();
    for (String operation : WITH_BODY) {
      assertError(
          raw(verb(operation), path(operation, node) + "?" + BatchWorld.VERSION)
              .header("Content-Type", "application/json")
              .announcedBody(body)
              .send(),
          400,
          "InvalidRequestBody");
    }
  }

  @ParameterizedTest
  @Covers({"batch.common.text-unstorable", "batch.common.no-server-errors"})
  @ValueSource(strings = {"\u00c0\u0080", "\u00f5\u0080\u0080\u0080"})
  void bytesThatStandForNoCharacterAreRefused(String latin1) {
    Node node = world.linuxNode();

    assertError(
        raw("POST", node.users() + "?" + BatchWorld.VERSION)
            .announcedBody(bytes("{\"name\": \"" + latin1 + "\"}"))
            .send(),
        400,
        "InvalidPropertyValue",
        "PropertyName",
        "name",
        "Reason",
        INVALID);
  }

  @Test
  @Covers("batch.common.body-too-large")
  void bodyOfOneMebibyteIsTaken() {
    Node node = world.linuxNode();

    assertThat(world.call("POST", node.users()).json(padded("a", MEBIBYTE)).send().status())
        .isEqualTo(201);
    assertThat(
            world
                .call("POST", node.users())
                .header("Content-Type", "application/json")
                .chunkedBody(bytes(padded("b", MEBIBYTE)))
                .send()
                .status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @Covers({"batch.common.body-too-large", "batch.common.no-server-errors"})
  @ValueSource(ints = {MEBIBYTE + 1, 10 * MEBIBYTE})
  void largerBodyIsRefused(int size) {
    Node node = world.linuxNode();
    String body = padded("a", size);

    for (String operation : WITH_BODY) {
      assertError(
          world.call(verb(operation), path(operation, node)).json(body).send(),
          413,
          "RequestBodyTooLarge");
      assertError(
          world
              .call(verb(operation), path(operation, node))
              .header("Content-Type", "application/json")
              .chunkedBody(bytes(body))
              .send(),
          413,
          "RequestBodyTooLarge");
    }
    assertThat(world.user(node, "a")).isEmpty();
  }

  /** A user, padded in the middle so that no reader is done before the end. */
  private static String padded(String name, int size) {
    String end = "\"name\": \"" + name + "\"}";
    return "{" + " ".repeat(size - 1 - end.length()) + end;
  }

  @ParameterizedTest
  @Covers("batch.common.no-server-errors")
  @ValueSource(
      strings = {
        "a|b",
        "\"a\"",
        "<a>",
        "{a}",
        "[a]",
        "a^b",
        "a`b",
        "a\\b",
        "a~b",
        "a'b",
        "a%7Cb",
        "a%5Cb",
        "a%0Ab",
        "a\u00e9b",
        "a\u00ffb",
        "%C3%A9",
        "%F0%9F%98%80",
        "a+b",
        "a%2Bb",
        "a;b=c",
        "a%3Bb",
        "%25",
        "...",
        "a:b"
      })
  void oddNamesAreOnlyUnknown(String name) {
    Node node = world.linuxNode();
    String query = "?" + BatchWorld.VERSION;

    assertError(raw("GET", "/pools/" + name + query).send(), 404, "PoolNotFound");
    assertError(raw("DELETE", "/pools/" + name + query).send(), 404, "PoolNotFound");
    assertError(
        raw("GET", "/pools/" + node.poolId() + "/nodes/" + name + query).send(),
        404,
        "NodeNotFound");
    assertError(raw("DELETE", node.user(name) + query).send(), 404, "NodeUserNotFound");
    assertError(
        raw("PUT", node.user(name) + query).announcedBody(bytes("{}")).send(),
        404,
        "NodeUserNotFound");
  }

  @ParameterizedTest
  @Covers("batch.common.no-server-errors")
  @ValueSource(
      strings = {
        "|",
        "\"",
        "\u00ff",
        "a=b=c",
        "x[]=1",
        "{}",
        "%C3%A9=%C3%A9",
        "'",
        "&&&",
        "?",
        "\\"
      })
  void oddQueriesAreIgnored(String query) {
    Node node = world.linuxNode();

    assertThat(raw("GET", node.path() + "?" + BatchWorld.VERSION + "&" + query).send().status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.common.no-server-errors")
  void veryLongUrlsAreRead() {
    String name = "a".repeat(60_000);
    Node node = world.linuxNode();
    String query = "?" + BatchWorld.VERSION;

    assertError(raw("GET", "/pools/" + name + query).send(), 404, "PoolNotFound");
    assertError(
        raw("DELETE", node.user("%C3%A9".repeat(9_000)) + query).send(), 404, "NodeUserNotFound");
    assertThat(raw("GET", node.path() + query + "&x=" + name).send().status()).isEqualTo(200);
    assertError(raw("GET", "/jobs/" + name + query).send(), 400, "InvalidUri");
  }

  @Test
  @Covers("batch.common.no-server-errors")
  void ofRepeatedHeadersAndParametersTheFirstCounts() {
    Node node = world.linuxNode();
    String query = "?" + BatchWorld.VERSION;
    String id = "9c4d50ee-2d56-4cd3-8152-34347dc9f2b0";

    Answer answer =
        RawHttp.of(
                Contract.AZURE_BATCH,
                world.origin(),
                "GET",
                node.path() + query + "&timeout=5&timeout=abc&" + BatchWorld.VERSION + "x")
            .header("Authorization", BatchWorld.BEARER)
            .header("Authorization", "Basic x")
            .header("client-request-id", id)
            .header("client-request-id", "x")
            .header("return-client-request-id", "true")
            .header("return-client-request-id", "x")
            .header("Accept", "x")
            .header("Accept", "y")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("client-request-id")).containsExactly(id);
    assertError(
        raw("GET", node.path() + query + "&timeOut=5&timeout=abc&maxresults=0").send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "maxresults",
        "QueryParameterValue",
        "0",
        "Reason",
        "MaxResults cannot be less than 1");
  }

  @ParameterizedTest
  @Covers("batch.common.no-server-errors")
  @ValueSource(
      strings = {
        "client-request-id",
        "return-client-request-id",
        "ocp-date",
        "If-Modified-Since",
        "If-Unmodified-Since"
      })
  void headersWithOddCharactersAreInvalid(String name) {
    Node node = world.linuxNode();
    for (String value : List.of("\u00ff", "\"", "a\tb", "{}", "\u00e9".repeat(500))) {
      assertError(
          raw("GET", "/pools/" + node.poolId() + "?" + BatchWorld.VERSION)
              .header(name, value)
              .header("return-client-request-id", "true")
              .send(),
          400,
          "InvalidHeaderValue",
          "HeaderName",
          name,
          "HeaderValue",
          value);
    }
  }

  @ParameterizedTest
  @Covers("batch.common.no-server-errors")
  @ValueSource(
      strings = {
        "Sat, 01 Jan +999999999 00:00:00 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT"
      })
  void datesFarAwayAreRefusedOrTaken(String date) {
    Answer answer =
        raw("GET", "/pools?maxresults=1&" + BatchWorld.VERSION).header("ocp-date", date).send();

    assertThat(answer.status()).isLessThan(500);
    Answer signed =
        RawHttp.of(Contract.AZURE_BATCH, world.origin(), "GET", "/pools?" + BatchWorld.VERSION)
            .header("Authorization", "SharedKey devbatch:YQ==")
            .header("ocp-date", date)
            .send();
    assertThat(BatchErrorAssert.details(signed, 403, "AuthenticationFailed"))
        .containsOnlyKeys("AuthenticationErrorDetail");
  }

  @Test
  @Covers("batch.common.no-server-errors")
  void deeplyNestedPoolCanBeReadAgain() {
    for (int depth : new int[] {400, 990, 997}) {
      String poolId = world.newPoolId();
      String pool =
          BatchWorld.linuxPool(poolId, 1)
              .replace(
                  "{\"id\"", "{\"deep\": " + "[".repeat(depth) + "]".repeat(depth) + ", \"id\"");
      try {
        Answer added = world.call("POST", "/pools").json(pool).send();
        if (added.status() == 201) {
          assertThat(world.call("GET", "/pools/" + poolId).send().status()).isEqualTo(200);
          assertThat(world.call("GET", "/pools").send().status()).isEqualTo(200);
        } else {
          assertError(added, 400, "InvalidRequestBody");
        }
      } finally {
        world.call("DELETE", "/pools/" + poolId).send();
      }
    }
  }

  @ParameterizedTest
  @Covers("batch.common.no-server-errors")
  @ValueSource(
      strings = {
        "\"a\\u0000b\": 1",
        "\"\\ud800\": 1",
        "\"x\": 1e999999999",
        "\"x\": -1e999999999",
        "\"x\": 1e-999999999",
        "\"x\": {\"\": \"\"}"
      })
  void poolWithOddMembersIsRefusedOrCanBeReadAgain(String member) {
    String poolId = world.newPoolId();
    String pool = BatchWorld.linuxPool(poolId, 1).replace("{\"id\"", "{" + member + ", \"id\"");
    try {
      Answer added = world.call("POST", "/pools").json(pool).send();
      if (added.status() == 201) {
        assertThat(world.call("GET", "/pools/" + poolId).send().status()).isEqualTo(200);
        assertThat(world.call("GET", "/pools").send().status()).isEqualTo(200);
      } else {
        assertThat(added.status()).isEqualTo(400);
        assertThat(added.json().get("code").asText()).startsWith("Invalid");
      }
    } finally {
      world.call("DELETE", "/pools/" + poolId).send();
    }
  }

  private RawHttp raw(String method, String target) {
    return RawHttp.of(Contract.AZURE_BATCH, world.origin(), method, target)
        .header("Authorization", BatchWorld.BEARER);
  }

  @Test
  @Covers("batch.common.no-server-errors")
  void chunkedBodyMayHaveATrailer() {
    Node node = world.linuxNode();
    world.addUser(node, "known");
    String json = "{\"password\": \"p\"}";

    for (String trailer : List.of("X-T: 1\r\n", "X-T: 1\r\nX-U: 2\r\n")) {
      Answer answer =
          raw("PUT", node.users() + "/known?" + BatchWorld.VERSION)
              .header("Content-Type", "application/json")
              .header("Transfer-Encoding", "chunked")
              .body(
                  "%x\r\n%s\r\n0\r\n%s\r\n"
                      .formatted(json.length(), json, trailer)
                      .getBytes(StandardCharsets.UTF_8))
              .send();

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }
}
