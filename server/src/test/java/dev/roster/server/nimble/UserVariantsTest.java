package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(UserVariantsTest.SecondVariants.class)
class UserVariantsTest {

  /** The second variant of every rule that has one. */
  public static class SecondVariants implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.choices.nimble.common.null-member", "ignore",
          "roster.choices.nimble.update-user.password-sessions", "end",
          "roster.choices.nimble.create-token.lifetime", "day");
    }
  }

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  private int statusOf(TestSession session) {
    return world.call(session, "GET", USERS + "?name=admin").send().status();
  }

  @Test
  @Covers("nimble.common.null-member")
  void nullCountsAsAbsentInACreation() {
    String name = newName("null");

    Answer answer =
        world.post(
            USERS,
            """
            "name": "%s", "password": "password-91", "description": null, "role": null,
            "inactivity_timeout": null, "full_name": null, "email_addr": null, "disabled": null
            """
                .formatted(name));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    JsonNode user = answer.json().get("data");
    assertThat(user.get("description").textValue()).isEmpty();
    assertThat(user.get("role").textValue()).isEqualTo("guest");
    assertThat(user.get("inactivity_timeout").numberValue()).isEqualTo(0);
    assertThat(user.get("search_name").textValue()).isEqualTo(" (" + name + ")");
    assertThat(user.get("email_addr").textValue()).isEmpty();
    assertThat(user.get("disabled").booleanValue()).isFalse();
  }

  @Test
  @Covers("nimble.common.null-member")
  void nullNameOrPasswordIsMissing() {
    List<String> before = stored.serials();

    assertError(
        world.post(USERS, "\"name\": null, \"password\": \"password-91\""),
        400,
        "SM_missing_arg",
        "arg",
        "name");
    assertError(
        world.post(USERS, "\"name\": \"%s\", \"password\": null".formatted(newName("null"))),
        400,
        "SM_missing_arg",
        "arg",
        "password");

    assertThat(stored.serials()).isEqualTo(before);
  }

  @Test
  @Covers("nimble.common.null-member")
  void nullKeepsWhatAUserHas() {
    TestUser user =
        world.newUser(
            newName("null"),
            """
            "role": "operator", "description": "d", "inactivity_timeout": 60, "full_name": "F",
            "email_addr": "a@b", "disabled": true
            """);
    List<String> before = stored.of(user);
    String nulls =
        """
        "id": null, "name": null, "description": null, "role": null, "password": null,
        "auth_password": null, "inactivity_timeout": null, "full_name": null, "disabled": null
        """;

    assertThat(world.put(user.path(), nulls + ", \"email_addr\": null").status()).isEqualTo(200);
    assertThat(stored.of(user)).isEqualTo(before);
    Answer changed = world.put(user.path(), nulls + ", \"email_addr\": \"c@d\"");
    assertThat(changed.json().at("/data/email_addr").asText()).isEqualTo("c@d");
    assertThat(changed.json().at("/data/description").asText()).isEqualTo("d");
    assertThat(changed.json().at("/data/disabled").booleanValue()).isTrue();
    assertThat(world.post(user.path() + "/actions/unlock", "\"id\": null").status()).isEqualTo(200);
  }

  @Test
  @Covers({"nimble.common.null-member", "nimble.update-user.auth-password"})
  void nullAuthPasswordIsMissing() {
    TestUser user = world.newUser();

    assertError(
        world.put(user.path(), "\"password\": \"password-92\", \"auth_password\": null"),
        400,
        "SM_missing_arg",
        "arg",
        "auth_password");
  }

  @Test
  @Covers("nimble.common.null-member")
  void nullCountsAsAbsentInALogIn() {
    TestUser user = world.newUser();
    String logIn =
        "\"username\": \"%s\", \"password\": %s, \"app_name\": null, \"source_ip\": null";

    assertThat(
            world
                .anonymous("POST", TOKENS)
                .body(data(logIn.formatted(user.name(), "\"" + PASSWORD + "\"")))
                .send()
                .status())
        .isEqualTo(201);
    assertError(
        world.anonymous("POST", TOKENS).body(data(logIn.formatted(user.name(), "null"))).send(),
        400,
        "SM_missing_arg",
        "arg",
        "password");
  }

  @Test
  @Covers({
    "nimble.common.null-member",
    "nimble.common.data-missing",
    "nimble.common.unexpected-arg"
  })
  void nullIsNeitherDataNorATakenMember() {
    TestUser user = world.newUser();

    assertError(
        world.call(world.administrator(), "PUT", user.path(), "{\"data\": null}").send(),
        400,
        "SM_missing_arg",
        "arg",
        "data");
    assertError(
        world.put(user.path(), "\"role_id\": null"), 400, "SM_unexpected_arg", "arg", "role_id");
  }

  @Test
  @Covers("nimble.update-user.password-sessions")
  void newOwnPasswordEndsAllSessionsButTheCallers() {
    TestUser user = world.newUser();
    TestSession own = world.logIn(user);
    List<TestSession> others = List.of(world.logIn(user), world.logIn(user));
    TestSession ofBystander = world.logIn(world.newUser());

    Answer answer =
        world
            .call(
                own,
                "PUT",
                user.path(),
                data("\"password\": \"password-92\", \"auth_password\": \"password-91\""))
            .send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/data/logged_in").booleanValue()).isTrue();
    assertThat(statusOf(own)).isEqualTo(200);
    assertThat(others).extracting(this::statusOf).containsOnly(401);
    assertThat(statusOf(ofBystander)).isEqualTo(200);
  }

  @Test
  @Covers("nimble.update-user.password-sessions")
  void newPasswordOfAnotherUserEndsAllItsSessions() {
    TestUser user = world.newUser();
    List<TestSession> sessions = List.of(world.logIn(user), world.logIn(user));

    assertThat(world.put(user.path(), "\"description\": \"no password\"").status()).isEqualTo(200);
    assertThat(sessions).extracting(this::statusOf).containsOnly(200);
    Answer answer =
        world.put(user.path(), "\"password\": \"password-92\", \"auth_password\": \"admin\"");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/data/logged_in").booleanValue()).isFalse();
    assertThat(sessions).extracting(this::statusOf).containsOnly(401);
    assertThat(statusOf(world.administrator())).isEqualTo(200);
    assertThat(world.tryToLogIn(user.name(), "password-92").status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.update-user.password-sessions")
  void refusedPasswordEndsNoSession() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    assertError(
        world.put(user.path(), "\"password\": \"password-92\", \"auth_password\": \"wrong\""),
        403,
        "SM_auth");

    assertThat(statusOf(session)).isEqualTo(200);
  }

  @Test
  @Covers("nimble.create-token.lifetime")
  void sessionThatIsUsedIsDeadADayAfterTheLogIn() {
    clock.stop();
    TestUser user = world.newUser(newName("user"), "\"inactivity_timeout\": 43200");
    TestSession session = world.logIn(user);
    Duration half = Duration.ofHours(12).minusMillis(1);

    for (int i = 0; i < 2; i++) {
      clock.advance(half);
      assertThat(statusOf(session)).isEqualTo(200);
    }
    clock.advance(Duration.ofMillis(2));
    assertThat(statusOf(session)).isEqualTo(401);
    assertThat(world.user(user).get("logged_in").booleanValue()).isFalse();
  }
}
