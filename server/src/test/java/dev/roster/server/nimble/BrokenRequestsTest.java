package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertCode;
import static dev.roster.server.nimble.NimbleWorld.ADMIN;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client makes by intention, which are refused like any other fault. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class BrokenRequestsTest {

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;

  /** One for each place where a body is read. */
  static Stream<Arguments> brokenBodies() {
    return Stream.of(
            "POST " + USERS,
            "PUT <user>",
            "POST <user>/actions/unlock",
            "POST " + DETAIL,
            "POST " + TOKENS,
            "POST " + TOKENS + "/detail",
            "POST <token>/actions/report_user_details")
        .flatMap(
            operation ->
                Stream.of(
                        "no JSON",
                        "{",
                        "[]",
                        "[{\"data\": {}}]",
                        "7",
                        "\"data\"",
                        "{\"data\": {}}}",
                        "{\"data\": {}} {}",
                        "{'data': {}}",
                        "{\"data\": {\"name\": NaN}}",
                        "{\"data\": {\"name\": " + "[".repeat(2000) + "]".repeat(2000) + "}}",
                        "{\"data\": {\"inactivity_timeout\": " + "9".repeat(2000) + "}}",
                        "{\"data\": 1e2147483648}",
                        "{\"data\": {\"name\": -1E-2147483649}}",
                        "{\"data\": {\"name\": 1e" + "9".repeat(500) + "}}",
                        "\u0000",
                        "{\"data\": {\"name\": \"a\u0000b\"}}",
                        " ".repeat(1024 * 1024 + 1))
                    .map(body -> Arguments.of(operation, body)));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("brokenBodies")
  @Covers({"nimble.common.framework-errors", "nimble.common.no-server-errors"})
  void bodyThatCannotBeReadIsRefused(String operation, String body) {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    List<String> rows = stored.of(user);
    String[] parts =
        operation.replace("<user>", user.path()).replace("<token>", session.path()).split(" ", 2);

    for (boolean announced : new boolean[] {true, false}) {
      Call call = world.call(world.admin(), parts[0], parts[1]);
      Answer answer =
          (announced ? call.body(body) : call.chunkedBody(body.getBytes(StandardCharsets.UTF_8)))
              .send();
      assertCode(answer, 400, "SM_invalid_arg");
      assertThat(answer.text()).doesNotContain("Exception", "jackson", "java.");
    }

    assertThat(stored.of(user)).isEqualTo(rows);
  }

  static Stream<Arguments> brokenBytes() {
    return Stream.of(
        Arguments.of("lone continuation byte", new byte[] {'{', '"', (byte) 0x80, '"', '}'}),
        Arguments.of("half a character", new byte[] {'"', (byte) 0xe2, (byte) 0x82}),
        Arguments.of("UTF-16 that ends early", new byte[] {(byte) 0xfe, (byte) 0xff, 0}),
        Arguments.of("UTF-32 beyond Unicode", new byte[] {0, 0, 0, '{', 0x7f, 0, 0, 0}),
        Arguments.of("compressed", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenBytes")
  @Covers({"nimble.common.framework-errors", "nimble.common.no-server-errors"})
  void bytesThatAreNoTextAreRefused(String what, byte[] bytes) {
    TestUser user = world.newUser();

    assertCode(
        world.raw(world.admin(), "PUT", user.path()).announcedBody(bytes).send(),
        400,
        "SM_invalid_arg");
    assertCode(
        world.raw(world.admin(), "POST", TOKENS).announcedBody(bytes).send(),
        400,
        "SM_invalid_arg");
  }

  /** Method, target, body, and what is wrong: status and code. */
  static Stream<Arguments> oddRequests() {
    String admin = USERS + "/" + ADMIN;
    String highest = "19" + "00000000000004d3" + "f".repeat(24);
    return Stream.of(
        odd("GET", USERS + "/" + "9".repeat(5000), "", 400, "SM_invalid_path_variable"),
        odd("GET", USERS + "/%20", "", 400, "SM_invalid_path_variable"),
        odd("GET", USERS + "/%E2%82%AC", "", 400, "SM_invalid_path_variable"),
        odd("GET", USERS + "/-1", "", 400, "SM_invalid_path_variable"),
        odd("GET", TOKENS + "/" + highest, "", 404, "SM_enoent"),
        odd("DELETE", TOKENS + "/" + highest, "", 404, "SM_enoent"),
        odd("DELETE", USERS + "/1000000000000004d37" + "f".repeat(23), "", 404, "SM_enoent"),
        odd("GET", USERS + "?" + "x".repeat(50_000) + "=1", "", 400, "SM_unexpected_query_param"),
        odd("GET", USERS + "?=", "", 400, "SM_unexpected_query_param"),
        odd("GET", USERS + "?%3E=7", "", 400, "SM_unexpected_query_param"),
        odd("GET", USERS + "?id%3E%3E7", "", 200, ""),
        odd("GET", USERS + "?%00x", "", 400, "SM_malformed_url"),
        odd("GET", USERS + "?startRow=2147483648", "", 400, "SM_invalid_query_param"),
        odd("GET", USERS + "?startRow=2147483647", "", 400, "SM_start_row_beyond_total_rows"),
        odd("GET", USERS + "?startRow=-1", "", 400, "SM_invalid_query_param"),
        odd("GET", USERS + "?pageSize=1e3", "", 400, "SM_invalid_query_param"),
        odd("GET", USERS + "?pageSize=", "", 400, "SM_invalid_query_param"),
        odd("GET", USERS + "?endRow=%D9%A3", "", 400, "SM_invalid_query_param"),
        odd("GET", DETAIL + "?fields=,", "", 400, "SM_invalid_query_param"),
        odd("GET", DETAIL + "?sortBy=-", "", 400, "SM_invalid_query_param"),
        odd(
            "GET",
            DETAIL + "?creation_time%3E" + "9".repeat(30),
            "",
            400,
            "SM_invalid_query_param"),
        odd("PUT", admin, data("\"inactivity_timeout\": 1e400"), 400, "SM_invalid_arg_value"),
        odd(
            "PUT",
            admin,
            data("\"inactivity_timeout\": -9223372036854775809"),
            400,
            "SM_invalid_arg_value"),
        odd("PUT", admin, data("\"inactivity_timeout\": \"\""), 400, "SM_invalid_arg_value"),
        odd("PUT", admin, data("\"description\": \"a\\u0000b\""), 400, "SM_invalid_arg_value"),
        odd("PUT", admin, data("\"description\": \"\\ud800\""), 400, "SM_invalid_arg_value"),
        odd("PUT", admin, data("\"\\u0000\": 1"), 400, "SM_unexpected_arg"),
        odd("PUT", admin, data("\"" + "x".repeat(40_000) + "\": 1"), 400, "SM_unexpected_arg"),
        odd("PUT", admin, "{\"data\": {}, \"\": 1}", 400, "SM_unexpected_child"),
        odd("PUT", admin, "{\"data\": []}", 400, "SM_missing_arg"),
        odd("PUT", admin, "{\"data\": {}, \"operationType\": {}}", 400, "SM_no_operation_found"),
        odd(
            "POST",
            TOKENS,
            "{\"data\": {}, \"operationType\": \"\"}",
            400,
            "SM_no_operation_found"),
        odd(
            "POST",
            TOKENS,
            data("\"username\": \"admin\", \"password\": \"a\\u0000\""),
            401,
            "SM_auth"),
        odd(
            "POST",
            TOKENS,
            data("\"username\": \"admin\", \"password\": \"\\ud800\""),
            401,
            "SM_auth"),
        odd(
            "POST",
            TOKENS,
            data("\"username\": \"admin\", \"password\": \"admin\", \"app_name\": 1e400"),
            201,
            ""),
        odd(
            "POST",
            TOKENS,
            data(
                "\"username\": \"admin\", \"password\": \"admin\", \"app_name\": "
                    + "9".repeat(300)),
            400,
            "SM_invalid_arg_value"),
        odd(
            "POST",
            USERS,
            query("{\"fieldName\": \"name\", \"operator\": \"regexp\"," + " \"value\": \"(((\"}"),
            400,
            "SM_invalid_object_set_query"),
        odd(
            "POST",
            USERS,
            query("{\"fieldName\": \"name\", \"operator\": \"equals\"," + " \"value\": {}}"),
            400,
            "SM_invalid_object_set_query"),
        odd("POST", USERS, query("7"), 400, "SM_invalid_object_set_query"));
  }

  private static Arguments odd(String method, String target, String body, int status, String code) {
    return Arguments.of(method, target, body, status, code);
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("oddRequests")
  @Covers("nimble.common.no-server-errors")
  void oddRequestIsAnsweredForWhatItIs(
      String method, String target, String body, int status, String code) {
    Answer answer = world.call(world.admin(), method, target, body).send();

    if (code.isEmpty()) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    } else {
      assertCode(answer, status, code);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e9", "a b", "%00", "{}", "\t"})
  @Covers("nimble.common.no-server-errors")
  void oddTokensAreOnlyUnknown(String token) {
    assertCode(world.raw(new TestSession("", token), "GET", USERS).send(), 401, "SM_auth");
    assertCode(
        world.raw(new TestSession("", token.repeat(3000)), "GET", USERS).send(), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.common.no-server-errors")
  void ofRepeatedMembersAndHeadersOneCounts() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    Answer answer =
        world
            .call(session, "GET", user.path())
            .header("X-Auth-Token", "other")
            .header("Content-Type", "text/plain")
            .header("Content-Type", "application/json")
            .send();
    assertThat(answer.status()).isEqualTo(200);
    Answer logIn =
        world
            .anonymous("POST", TOKENS)
            .body(
                data(
                    "\"username\": \"nobody\", \"username\": \"%s\", \"password\": \"%s\""
                        .formatted(user.name(), PASSWORD)))
            .send();
    assertThat(logIn.status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.common.no-server-errors")
  void chunkedBodyMayHaveATrailer() {
    TestUser user = world.newUser();
    String json = "{\"data\": {\"description\": \"d\"}}";

    for (String trailer : List.of("X-T: 1\r\n", "X-T: 1\r\nX-U: 2\r\n")) {
      Answer answer =
          world
              .raw(world.admin(), "PUT", user.path())
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
