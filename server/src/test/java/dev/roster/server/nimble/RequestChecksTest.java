package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertCode;
import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
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
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request has to have, whatever its operation. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RequestChecksTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  /** A request; {@code <user>} and {@code <token>} in it stand for ids. */
  record Operation(String method, String target, String body) {

    Call on(NimbleWorld world, TestUser user, TestSession session) {
      String path = target.replace("<user>", user.id()).replace("<token>", session.id());
      Call call = world.anonymous(method, path);
      return body.isEmpty() ? call : call.body(body);
    }

    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  static Stream<Operation> operationsWithASession() {
    return Stream.of(
        new Operation("GET", USERS, ""),
        new Operation("POST", USERS, data("\"name\": \"bob\", \"password\": \"password-91\"")),
        new Operation("POST", USERS, query("")),
        new Operation("GET", DETAIL, ""),
        new Operation("POST", DETAIL, query("")),
        new Operation("GET", USERS + "/<user>", ""),
        new Operation("PUT", USERS + "/<user>", data("\"description\": \"changed\"")),
        new Operation("DELETE", USERS + "/<user>", ""),
        new Operation("POST", USERS + "/<user>/actions/unlock", ""),
        new Operation("GET", TOKENS, ""),
        new Operation("POST", TOKENS, query("")),
        new Operation("GET", TOKENS + "/detail", ""),
        new Operation("POST", TOKENS + "/detail", query("")),
        new Operation("GET", TOKENS + "/<token>", ""),
        new Operation("DELETE", TOKENS + "/<token>", ""),
        new Operation("POST", TOKENS + "/<token>/actions/report_user_details", ""),
        new Operation("GET", "/v1/arrays", ""),
        new Operation("GET", "/v1/arrays/" + StorageArray.ONE.id(), ""),
        new Operation("GET", "/v1/arrays/detail", ""));
  }

  @ParameterizedTest
  @MethodSource("operationsWithASession")
  @Covers({"nimble.common.session-required", "nimble.common.error-shape"})
  void requestWithoutALiveSessionIsRefused(Operation operation) {
    TestUser user = world.newUser("administrator");
    TestSession target = world.logIn(user);
    TestSession ended = world.logIn(user);
    assertThat(world.call(ended, "DELETE", ended.path()).send().status()).isEqualTo(200);
    TestSession expired = world.logIn(user);
    clock.advance(Duration.ofSeconds(1800));
    List<String> rows = stored.of(user);

    assertError(operation.on(world, user, target).send(), 401, "SM_auth");
    List<String> tokens =
        List.of(
            "",
            "unknown",
            "0".repeat(32),
            ended.token(),
            expired.token(),
            world.admin().token() + "0",
            world.admin().id());
    for (String token : tokens) {
      Answer answer = operation.on(world, user, target).header("X-Auth-Token", token).send();
      assertError(answer, 401, "SM_auth");
    }

    assertThat(stored.of(user)).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/versions", "/versions/detail", "/v1/versions", "/v1/versions/detail"})
  @Covers("nimble.common.session-required")
  void versionsNeedNoSession(String target) {
    assertThat(world.anonymous("GET", target).send().status()).isEqualTo(200);
    assertThat(world.anonymous("GET", target).header("X-Auth-Token", "stale").send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-auth-token", "X-AUTH-TOKEN"})
  @Covers("nimble.common.session-required")
  void nameOfTheHeaderHasAnyCase(String name) {
    assertThat(world.anonymous("GET", USERS).header(name, world.admin().token()).send().status())
        .isEqualTo(200);
  }

  static Stream<Arguments> unknownPaths() {
    return Stream.of(
            "/v1",
            "/v1/",
            "/v1/volumes",
            "/v1/volumes/detail",
            "/v1/Users",
            "/v1/users/" + ADMIN + "/actions",
            "/v1/users/" + ADMIN + "/roles",
            "/v1/users/" + ADMIN + "/roles/admin",
            "/v1/users/" + ADMIN + "/actions/unlock/now",
            "/v1/users/detail/more",
            "/v1/users;x",
            "/v1/arrays/" + ADMIN + "/actions/halt",
            "/v1/v1/users",
            "/versions/v1",
            "/versions/detail/more")
        .flatMap(
            path ->
                Stream.of("GET", "POST", "PUT", "DELETE")
                    .map(method -> Arguments.of(method, path)));
  }

  @ParameterizedTest
  @MethodSource("unknownPaths")
  @Covers({"nimble.common.path-unknown", "nimble.common.framework-errors"})
  void pathThatTheContractDoesNotHaveIsUnknown(String method, String path) {
    assertError(world.anonymous(method, path).send(), 404, "SM_no_path_found");
    assertError(world.call(world.admin(), method, path, data("")).send(), 404, "SM_no_path_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/users/" + ADMIN + "/actions/lock",
        "/v1/users/" + ADMIN + "/actions/Unlock",
        "/v1/users/" + ADMIN + "/actions/report_user_details",
        "/v1/users/7/actions/lock",
        "/v1/tokens/" + ADMIN + "/actions/unlock",
        "/v1/tokens/" + ADMIN + "/actions/renew"
      })
  @Covers({"nimble.common.path-unknown", "nimble.common.framework-errors"})
  void unknownActionIsToldAsSuch(String path) {
    for (String method : List.of("POST", "GET", "PUT")) {
      assertError(world.anonymous(method, path).send(), 404, "SM_no_action_found");
    }
    assertError(
        world.call(world.admin(), "POST", path, data("")).send(), 404, "SM_no_action_found");
  }

  static Stream<Arguments> wrongMethods() {
    return Stream.of(
            "/v1/users: PUT PATCH DELETE",
            "/v1/users/detail: PUT PATCH DELETE",
            "/v1/users/<id>: POST PATCH",
            "/v1/users/<id>/actions/unlock: GET PUT PATCH DELETE",
            "/v1/tokens: PUT PATCH DELETE",
            "/v1/tokens/detail: PUT PATCH DELETE",
            "/v1/tokens/<id>: POST PUT PATCH",
            "/v1/tokens/<id>/actions/report_user_details: GET PUT PATCH DELETE",
            "/versions: POST PUT PATCH DELETE",
            "/versions/detail: POST PUT PATCH DELETE",
            "/v1/versions: POST PUT PATCH DELETE",
            "/v1/versions/detail: POST PUT PATCH DELETE",
            "/v1/arrays: POST PUT PATCH DELETE",
            "/v1/arrays/<id>: POST PUT PATCH DELETE",
            "/v1/arrays/detail: POST PUT PATCH DELETE")
        .flatMap(
            line -> {
              String[] parts = line.split(": ", 2);
              String path = parts[0].replace("<id>", ADMIN);
              return Arrays.stream((parts[1] + " OPTIONS").split(" ", -1))
                  .map(method -> Arguments.of(method, path));
            });
  }

  @ParameterizedTest
  @MethodSource("wrongMethods")
  @Covers({"nimble.common.wrong-method", "nimble.common.framework-errors"})
  void verbThatThePathDoesNotHaveIsRefused(String method, String path) {
    Answer anonymous = world.anonymous(method, path).send();
    assertError(anonymous, 400, "SM_no_method_for_URL_pattern");
    assertThat(anonymous.header("Allow")).isEmpty();
    assertError(
        world.call(world.admin(), method, path, data("")).send(),
        400,
        "SM_no_method_for_URL_pattern");
  }

  @Test
  @Covers("nimble.common.wrong-method")
  void optionsAreRefusedAtUnknownPathsAsWell() {
    assertError(
        world.anonymous("OPTIONS", "/v1/volumes").send(), 400, "SM_no_method_for_URL_pattern");
  }

  @ParameterizedTest
  @MethodSource
  @Covers("nimble.common.wrong-method")
  void headIsRefusedWithoutBody(String path) {
    for (Answer answer :
        List.of(
            world.anonymous("HEAD", path).send(), world.call(world.admin(), "HEAD", path).send())) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.bytes()).isEmpty();
    }
  }

  static Stream<String> headIsRefusedWithoutBody() {
    return wrongMethods().map(arguments -> (String) arguments.get()[1]).distinct();
  }

  static Stream<Arguments> undecodable() {
    return Stream.of(
            "/v1/users/%ff",
            "/v1/users/%c3%28",
            "/v1/users/%zz",
            "/v1/users/%4",
            "/v1/users/%",
            "/v1/users/a%00b",
            "/v1/users?name=%ff",
            "/v1/users?name=%00",
            "/v1/users?name=%e2%82",
            "/v1/users?id%3=7",
            "/v1/nothing?x=%zz",
            "/v1/%ff",
            "/versions?fields=%ed%a0%80")
        .flatMap(
            target ->
                Stream.of("GET", "POST", "PATCH").map(method -> Arguments.of(method, target)));
  }

  @ParameterizedTest
  @MethodSource("undecodable")
  @Covers({"nimble.common.undecodable-url", "nimble.common.framework-errors"})
  void urlThatIsNoTextIsRefused(String method, String target) {
    assertError(world.raw(world.admin(), method, target).send(), 400, "SM_malformed_url");
    assertError(
        RawHttp.of(Contract.NIMBLE, world.origin(), method, target).send(),
        400,
        "SM_malformed_url");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/users?name=%20, 200",
    "GET, /v1/%75sers, 200",
    "GET, /v1/users/%C3%A9, 400"
  })
  @Covers("nimble.common.undecodable-url")
  void escapesThatAreTextAreRead(String method, String target, int status) {
    Answer answer = world.raw(world.admin(), method, target).send();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).doesNotContain("SM_malformed_url");
  }

  /** Those that published clients send, and others. */
  static Stream<String> contentTypes() {
    return Stream.of(
        "application/json",
        "application/json;charset=UTF-8",
        "application/json;charset=utf-8",
        FORM,
        FORM + "; charset=UTF-8",
        "none",
        "",
        "text/plain",
        "text/json",
        "application/xml",
        "application/octet-stream",
        "multipart/form-data; boundary=x",
        "application/json; charset=nonsense",
        "image/*",
        "nonsense",
        "a/b/c;;=");
  }

  private static Call typed(Call call, String contentType) {
    return contentType.equals("none") ? call : call.header("Content-Type", contentType);
  }

  /** Bodies of these sizes are read in different ways. */
  private static String padded(String body, int size) {
    return body + " ".repeat(size);
  }

  @ParameterizedTest
  @MethodSource("contentTypes")
  @Covers("nimble.common.content-type")
  void bodyIsReadAsJsonUnderAnyContentType(String contentType) {
    TestSession admin = world.admin();
    for (int padding : new int[] {0, 100_000}) {
      String name = NimbleWorld.newName("user");
      Answer created =
          typed(world.call(admin, "POST", USERS), contentType)
              .body(
                  padded(
                      data("\"name\": \"%s\", \"password\": \"%s\"".formatted(name, PASSWORD)),
                      padding))
              .send();
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(created.header("Content-Type").orElse("")).startsWith("application/json");
      String path = USERS + "/" + created.json().at("/data/id").textValue();

      Answer updated =
          typed(world.call(admin, "PUT", path), contentType)
              .chunkedBody(
                  padded(data("\"description\": \"a=b&c\""), padding)
                      .getBytes(StandardCharsets.UTF_8))
              .send();
      assertThat(updated.status()).as(updated.text()).isEqualTo(200);
      assertThat(updated.json().at("/data/description").textValue()).isEqualTo("a=b&c");

      Answer found =
          typed(world.call(admin, "POST", DETAIL), contentType)
              .body(
                  padded(
                      query(
                          "{\"fieldName\": \"name\", \"operator\": \"equals\", \"value\": \"%s\"}"
                              .formatted(name)),
                      padding))
              .send();
      assertThat(NimbleWorld.names(found)).containsExactly(name);

      Answer session =
          typed(world.anonymous("POST", TOKENS), contentType)
              .body(
                  padded(
                      data("\"username\": \"%s\", \"password\": \"%s\"".formatted(name, PASSWORD)),
                      padding))
              .send();
      assertThat(session.status()).as(session.text()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @MethodSource("contentTypes")
  @Covers("nimble.common.content-type")
  void requestsWithoutBodyHaveAnyContentType(String contentType) {
    TestUser user = world.newUser();
    TestSession admin = world.admin();

    assertThat(typed(world.call(admin, "GET", user.path()), contentType).send().status())
        .isEqualTo(200);
    assertThat(
            typed(world.call(admin, "POST", user.path() + "/actions/unlock"), contentType)
                .send()
                .status())
        .isEqualTo(200);
    assertThat(typed(world.call(admin, "DELETE", user.path()), contentType).send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "application/json;charset=UTF-8",
        "application/xml",
        "text/html",
        "image/png;q=0",
        "application/json;q=0",
        "nonsense",
        ""
      })
  @Covers("nimble.common.content-type")
  void anyAcceptIsAnsweredWithJson(String accept) {
    TestSession admin = world.admin();

    Answer read = world.call(admin, "GET", USERS + "/" + ADMIN).header("Accept", accept).send();
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(read.json().at("/data/name").textValue()).isEqualTo("admin");
    Answer made =
        world
            .anonymous("POST", TOKENS)
            .header("Accept", accept)
            .body(data("\"username\": \"admin\", \"password\": \"admin\""))
            .send();
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Content-Type").orElse("")).startsWith("application/json");
    assertError(
        world.call(admin, "GET", USERS + "/7").header("Accept", accept).send(),
        400,
        "SM_invalid_path_variable",
        "id",
        "7");
    assertError(
        world.anonymous("GET", "/v1/nothing").header("Accept", accept).send(),
        404,
        "SM_no_path_found");
  }

  @Test
  @Covers({"nimble.common.http-codes", "nimble.common.error-shape"})
  void firstMessageTellsTheStatus() {
    TestUser user = world.newUser();
    TestSession guest = world.logIn(user);

    assertError(world.get(USERS + "/7"), 400, "SM_invalid_path_variable", "id", "7");
    assertError(world.anonymous("GET", USERS).send(), 401, "SM_auth");
    assertError(world.call(guest, "DELETE", USERS + "/" + ADMIN).send(), 403, "SM_eperm");
    assertError(world.get("/v1/nothing"), 404, "SM_no_path_found");
    assertError(
        world.post(USERS, "\"name\": \"%s\", \"password\": \"x1234567\"".formatted(user.name())),
        409,
        "SM_eexist",
        "name",
        user.name());
  }

  static Stream<Arguments> echoed() {
    String text = "SM_http_unauthorized";
    String described = "{\"fieldName\": \"description\", \"operator\": \"%s\", \"value\": 1}";
    return Stream.of(
        Arguments.of("GET", "/v1/" + text, ""),
        Arguments.of("GET", USERS + "/" + text, ""),
        Arguments.of("POST", USERS + "/" + ADMIN + "/actions/" + text, ""),
        Arguments.of("GET", USERS + "?" + text + "=1", ""),
        Arguments.of("GET", USERS + "?sortBy=" + text, ""),
        Arguments.of("GET", USERS + "?pageSize=" + text, ""),
        Arguments.of("PUT", USERS + "/" + ADMIN, data("\"" + text + "\": 1")),
        Arguments.of("PUT", USERS + "/" + ADMIN, data("\"role\": \"" + text + "\"")),
        Arguments.of("PUT", USERS + "/" + ADMIN, "{\"data\": {}, \"" + text + "\": 1}"),
        Arguments.of(
            "PUT", USERS + "/" + ADMIN, "{\"data\": {}, \"operationType\": \"" + text + "\"}"),
        Arguments.of("POST", USERS, query(described.formatted(text))),
        Arguments.of(
            "POST", USERS, query(described.formatted("equals").replace("description", text))));
  }

  /** Some clients log in and try again without end as soon as they see it. */
  @ParameterizedTest
  @MethodSource("echoed")
  @Covers("nimble.common.unauthorized-means-dead")
  void codeOfADeadSessionIsNotEvenRepeated(String method, String target, String body) {
    Answer answer = world.call(world.admin(), method, target, body).send();

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("SM_http_unauthorized");
    assertCode(answer, answer.status(), answer.json().at("/messages/1/code").textValue());
  }

  @Test
  @Covers("nimble.common.unauthorized-means-dead")
  void refusalsOfLiveSessionsDoNotCallThemDead() {
    TestUser user = world.newUser();
    TestSession guest = world.logIn(user);

    assertError(world.call(guest, "POST", USERS, data("\"name\": \"x\"")).send(), 403, "SM_eperm");
    assertError(
        world
            .call(
                guest,
                "PUT",
                user.path(),
                data("\"password\": \"password-92\", \"auth_password\": \"wrong\""))
            .send(),
        403,
        "SM_auth");
    assertThat(world.call(guest, "GET", user.path()).send().status()).isEqualTo(200);
  }
}
