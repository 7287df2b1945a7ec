package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertCode;
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
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ReadUserTest {

  private static final String[] MEMBERS = {
    "id",
    "name",
    "search_name",
    "description",
    "role_id",
    "role",
    "inactivity_timeout",
    "creation_time",
    "last_modified",
    "full_name",
    "email_addr",
    "disabled",
    "last_login",
    "last_logout",
    "logged_in"
  };

  @Inject NimbleWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers("nimble.read-user.answer")
  void answerHasAllMembersAndNoPassword() {
    long now = clock.stop().getEpochSecond();
    TestUser user =
        world.newUser(
            newName("ann"),
            """
            "role": "poweruser", "description": "d", "inactivity_timeout": 7,
            "full_name": "Ann", "email_addr": "a@b", "disabled": true
            """);

    Answer answer = world.get(user.path());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("data");
    JsonNode read = answer.json().get("data");
    assertThat(read.fieldNames()).toIterable().containsExactlyInAnyOrder(MEMBERS);
    assertThat(read.get("id").textValue()).isEqualTo(user.id());
    assertThat(read.get("name").textValue()).isEqualTo(user.name());
    assertThat(read.get("search_name").textValue()).isEqualTo("Ann (" + user.name() + ")");
    assertThat(read.get("description").textValue()).isEqualTo("d");
    assertThat(read.get("role").textValue()).isEqualTo("poweruser");
    assertThat(read.get("role_id").textValue())
        .isEqualTo("1500000000000004d3000000000000000000000002");
    assertThat(read.get("inactivity_timeout").numberValue()).isEqualTo(7);
    assertThat(read.get("creation_time").numberValue()).isEqualTo((int) now);
    assertThat(read.get("last_modified").numberValue()).isEqualTo((int) now);
    assertThat(read.get("full_name").textValue()).isEqualTo("Ann");
    assertThat(read.get("email_addr").textValue()).isEqualTo("a@b");
    assertThat(read.get("disabled").isBoolean()).isTrue();
    assertThat(read.get("disabled").booleanValue()).isTrue();
    assertThat(answer.text()).doesNotContain("password", "argon2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {"name", "id,name", "name%2Cid", "logged_in,last_login,inactivity_timeout"})
  @Covers("nimble.read-user.answer")
  void onlyNamedMembersAreAnswered(String fields) {
    TestUser user = world.newUser();

    JsonNode read = world.get(user.path() + "?fields=" + fields).json().get("data");

    assertThat(read.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(fields.replace("%2C", ",").split(","));
    JsonNode whole = world.user(user);
    read.fields()
        .forEachRemaining(
            member -> assertThat(member.getValue()).isEqualTo(whole.get(member.getKey())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "id,password_hash", "auth_password", "locked"})
  @Covers("nimble.read-user.answer")
  void passwordIsNoMember(String fields) {
    Answer answer = world.get(world.newUser().path() + "?fields=" + fields);

    assertCode(answer, 400, "SM_invalid_query_param");
  }

  @Test
  @Covers("nimble.read-user.logged-in")
  void userWhoHasNeverLoggedInHasNoTimes() {
    assertLogIns(world.newUser(), false, 0, 0);
  }

  @Test
  @Covers("nimble.read-user.logged-in")
  void timesAreThoseOfTheLastLogInAndLogOut() {
    TestUser user = world.newUser();
    long start = clock.stop().getEpochSecond();

    TestSession first = world.logIn(user);
    assertLogIns(user, true, start, 0);
    clock.advance(Duration.ofSeconds(10));
    TestSession second = world.logIn(user);
    assertLogIns(user, true, start + 10, 0);
    clock.advance(Duration.ofSeconds(10));
    logOut(first);
    assertLogIns(user, true, start + 10, start + 20);
    clock.advance(Duration.ofSeconds(10));
    logOut(second);
    assertLogIns(user, false, start + 10, start + 30);
    clock.advance(Duration.ofSeconds(10));
    world.logIn(user);
    assertLogIns(user, true, start + 40, start + 30);
  }

  @Test
  @Covers("nimble.read-user.logged-in")
  void failedLogInIsNone() {
    TestUser user = world.newUser();

    world.tryToLogIn(user.name(), "wrong");

    assertLogIns(user, false, 0, 0);
  }

  @Test
  @Covers("nimble.read-user.logged-in")
  void userWhoseSessionTimedOutIsNotLoggedIn() {
    TestUser user = world.newUser(newName("ann"), "\"inactivity_timeout\": 60");
    long start = clock.stop().getEpochSecond();
    world.logIn(user);

    clock.advance(Duration.ofSeconds(59));
    assertLogIns(user, true, start, 0);
    clock.advance(Duration.ofSeconds(1));
    assertLogIns(user, false, start, 0);
  }

  private void logOut(TestSession session) {
    assertThat(world.call(session, "DELETE", session.path()).send().status()).isEqualTo(200);
  }

  private void assertLogIns(TestUser user, boolean loggedIn, long lastLogIn, long lastLogOut) {
    JsonNode read = world.user(user);
    assertThat(read.get("logged_in").isBoolean()).isTrue();
    assertThat(read.get("logged_in").booleanValue()).isEqualTo(loggedIn);
    assertThat(read.get("last_login").longValue()).isEqualTo(lastLogIn);
    assertThat(read.get("last_logout").longValue()).isEqualTo(lastLogOut);
  }
}
