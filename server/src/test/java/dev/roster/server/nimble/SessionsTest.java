package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and ending sessions, and asking who they belong to. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SessionsTest {

  private static final String REPORT = "/actions/report_user_details";
  private static final String NO_SESSION = "1900000000000004d3000000000000000000ffffff";

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private void assertLives(TestSession session) {
    assertThat(world.call(session, "GET", session.path()).send().status()).isEqualTo(200);
  }

  private void assertDead(TestSession session) {
    assertError(world.call(session, "GET", session.path()).send(), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.read-token.answer")
  void sessionIsReadWhole() throws Exception {
    long now = clock.stop().getEpochSecond();
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    String form =
        """
        {"data": {"id": "%s", "session_token": "%s", "username": "%s", "app_name": "",
          "source_ip": "127.0.0.1", "creation_time": %d, "last_modified": %d}}
        """;

    Answer own = world.call(session, "GET", session.path()).send();
    Answer others = world.get(session.path());

    assertThat(own.status()).isEqualTo(200);
    assertThat(own.json())
        .isEqualTo(json(form.formatted(session.id(), session.token(), user.name(), now, now)));
    assertThat(others.status()).isEqualTo(200);
    assertThat(others.json())
        .isEqualTo(json(form.formatted(session.id(), "", user.name(), now, now)));
  }

  @Test
  @Covers("nimble.read-token.answer")
  void onlyTheNamedMembersAreRead() throws Exception {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    Answer answer = world.get(session.path() + "?fields=username,id");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(
            json(
                "{\"data\": {\"username\": \"%s\", \"id\": \"%s\"}}"
                    .formatted(user.name(), session.id())));
    assertError(
        world.get(session.path() + "?fields=id,password"),
        400,
        "SM_invalid_query_param",
        "param",
        "fields",
        "value",
        "password");
  }

  @Test
  @Covers({"nimble.read-token.dead", "nimble.delete-token.ended"})
  void logOutEndsTheSession() throws Exception {
    Instant now = clock.stop();
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    TestSession other = world.logIn(user);

    Answer answer = world.call(session, "DELETE", session.path()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(answer.json()).isEqualTo(json("{}"));
    assertDead(session);
    for (TestSession living : List.of(other, world.admin())) {
      assertError(
          world.call(living, "GET", session.path()).send(), 404, "SM_enoent", "id", session.id());
      assertError(
          world.call(living, "DELETE", session.path()).send(),
          404,
          "SM_enoent",
          "id",
          session.id());
    }
    assertThat(stored.has(session)).isFalse();
    assertLives(other);
    assertThat(world.user(user).get("last_logout").longValue()).isEqualTo(now.getEpochSecond());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "DELETE, ''",
    "POST, /actions/report_user_details",
  })
  @Covers({
    "nimble.read-token.others",
    "nimble.delete-token.others",
    "nimble.report-user-details.others"
  })
  void sessionsOfOthersAreHiddenFromAllButAdministrators(String method, String action) {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    for (String role : List.of("guest", "operator", "poweruser")) {
      TestSession caller = world.logIn(world.newUser(role));
      List<String> rows = stored.of(user);

      assertError(
          world.call(caller, method, session.path() + action).send(),
          404,
          "SM_enoent",
          "id",
          session.id());

      assertThat(stored.of(user)).isEqualTo(rows);
    }
    TestSession administrator = world.logIn(world.newUser("administrator"));
    assertThat(world.call(administrator, method, session.path() + action).send().status())
        .isEqualTo(200);
  }

  @Test
  @Covers("nimble.delete-token.others")
  void administratorsEndTheSessionsOfOthers() {
    Instant now = clock.stop();
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    TestSession other = world.logIn(user);
    TestUser administrator = world.newUser("administrator");
    TestSession caller = world.logIn(administrator);

    Answer answer = world.call(caller, "DELETE", session.path()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().isEmpty()).isTrue();
    assertDead(session);
    assertLives(other);
    assertLives(caller);
    assertThat(world.user(user).get("last_logout").longValue()).isEqualTo(now.getEpochSecond());
    assertThat(world.user(administrator).get("last_logout").longValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "DELETE, ''",
    "POST, /actions/report_user_details",
  })
  @Covers({
    "nimble.read-token.dead",
    "nimble.delete-token.others",
    "nimble.report-user-details.others"
  })
  void idOfNoSessionIsUnknown(String method, String action) {
    String userId = world.newUser().id();
    for (String id : List.of(NO_SESSION, userId, "19" + "f".repeat(40), "F".repeat(42))) {
      assertError(
          world.call(world.admin(), method, NimbleWorld.TOKENS + "/" + id + action).send(),
          404,
          "SM_enoent",
          "id",
          id.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  @Covers("nimble.common.object-ids")
  void sessionIsFoundByItsIdInUpperCase() {
    TestSession session = world.logIn(world.newUser());
    String path = NimbleWorld.TOKENS + "/" + session.id().toUpperCase(Locale.ROOT);

    assertThat(world.get(path).json().at("/data/id").textValue()).isEqualTo(session.id());
    assertThat(world.delete(path).status()).isEqualTo(200);
    assertDead(session);
  }

  @ParameterizedTest
  @CsvSource({"administrator, 0, 1800", "guest, 60, 60", "poweruser, 43200, 43200"})
  @Covers("nimble.report-user-details.answer")
  void userOfASessionIsTold(String role, long own, long inForce) throws Exception {
    TestUser user =
        world.newUser(
            NimbleWorld.newName("user"),
            "\"role\": \"%s\", \"inactivity_timeout\": %d".formatted(role, own));
    TestSession session = world.logIn(user);
    JsonNode expected =
        json(
            """
            {"data": {"user_name": "%s", "user_id": "%s", "role": "%s", "inactivity_timeout": %d,
              "primary_group_id": "", "primary_group_name": "", "group_count": 0, "groups": []}}
            """
                .formatted(user.name(), user.id(), role, inForce));

    for (TestSession caller : List.of(session, world.admin())) {
      Answer answer =
          world
              .call(
                  caller,
                  "POST",
                  session.path() + REPORT,
                  NimbleWorld.data("\"id\": \"%s\"".formatted(session.id())))
              .send();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json()).isEqualTo(expected);
    }
    assertLives(session);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": {\"id\": \"<lower>\"}}",
        "{\"data\": {\"id\": \"<upper>\"}}",
        "{\"data\": {}}",
        ""
      })
  @Covers("nimble.report-user-details.body")
  void bodyMayRepeatTheIdOrSayNothing(String body) {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    Answer answer =
        world
            .call(
                session,
                "POST",
                session.path() + REPORT,
                body.replace("<lower>", session.id())
                    .replace("<upper>", session.id().toUpperCase(Locale.ROOT)))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/user_id").textValue()).isEqualTo(user.id());
  }

  @Test
  @Covers("nimble.report-user-details.body")
  void bodyThatSaysSomethingElseIsRefused() {
    TestSession session = world.logIn(world.newUser());
    String path = session.path() + REPORT;

    assertError(
        world
            .call(session, "POST", path, NimbleWorld.data("\"id\": \"%s\"".formatted(NO_SESSION)))
            .send(),
        400,
        "SM_invalid_arg_value",
        "arg",
        "id",
        "value",
        NO_SESSION);
    assertError(
        world.call(session, "POST", path, NimbleWorld.data("\"name\": \"bob\"")).send(),
        400,
        "SM_unexpected_arg",
        "arg",
        "name");
    assertError(
        world.call(session, "POST", path, "{\"data\": {}, \"operationType\": \"fetch\"}").send(),
        400,
        "SM_no_operation_found",
        "operationType",
        "fetch");
    assertError(
        world.call(session, "POST", path, "{}").send(), 400, "SM_missing_arg", "arg", "data");
  }
}
