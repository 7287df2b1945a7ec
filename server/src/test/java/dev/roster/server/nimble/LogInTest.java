package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.data;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class LogInTest {

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  /** A log-in of a user with its password and further members. */
  private Answer logIn(TestUser user, String members) {
    return world
        .anonymous("POST", TOKENS)
        .body(
            data(
                "\"username\": \"%s\", \"password\": \"%s\", %s"
                    .formatted(user.name(), PASSWORD, members)))
        .send();
  }

  @Test
  @Covers("nimble.create-token.created")
  void logInAnswersTheWholeSession() {
    TestUser user = world.newUser();
    Instant now = clock.stop();

    Answer answer = logIn(user, "\"app_name\": \"Rotation job\", \"source_ip\": \"192.0.2.7\"");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("data");
    JsonNode session = answer.json().get("data");
    assertThat(session.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "session_token",
            "username",
            "app_name",
            "source_ip",
            "creation_time",
            "last_modified");
    assertThat(session.get("id").textValue()).matches("1900000000000004d3[0-9a-f]{24}");
    assertThat(session.get("username").textValue()).isEqualTo(user.name());
    assertThat(session.get("app_name").textValue()).isEqualTo("Rotation job");
    assertThat(session.get("source_ip").textValue()).isEqualTo("192.0.2.7");
    assertThat(session.get("creation_time").longValue()).isEqualTo(now.getEpochSecond());
    assertThat(session.get("last_modified").longValue()).isEqualTo(now.getEpochSecond());
    TestSession logged =
        new TestSession(session.get("id").textValue(), session.get("session_token").textValue());
    assertThat(world.call(logged, "GET", user.path()).send().status()).isEqualTo(200);
  }

  @Test
  @Covers("nimble.create-token.token-form")
  void everySessionHasATokenOfItsOwnOfWhichOnlyTheHashIsStored() throws Exception {
    TestUser user = world.newUser();

    List<TestSession> sessions = List.of(world.logIn(user), world.logIn(user), world.logIn(user));

    List<String> hashes = new ArrayList<>();
    for (TestSession session : sessions) {
      assertThat(session.token()).matches("[0-9a-f]{32}");
      assertThat(stored.everything()).noneMatch(row -> row.contains(session.token()));
      hashes.add(
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(session.token().getBytes(StandardCharsets.UTF_8))));
    }
    assertThat(sessions).extracting(TestSession::token).doesNotHaveDuplicates();
    assertThat(sessions).extracting(TestSession::id).doesNotHaveDuplicates();
    assertThat(stored.tokenHashes(user)).isEqualTo(hashes);
  }

  @Test
  @Covers({"nimble.create-token.credentials", "nimble.create-token.lock"})
  void whyALogInIsRefusedIsNotTold() {
    TestUser wrong = world.newUser();
    TestUser disabled = world.newUser(NimbleWorld.newName("user"), "\"disabled\": true");
    TestUser locked = world.newUser();
    for (int i = 0; i < 5; i++) {
      world.tryToLogIn(locked.name(), "wrong-password");
    }

    List<Answer> refusals =
        List.of(
            world.tryToLogIn(NimbleWorld.newName("nobody"), PASSWORD),
            world.tryToLogIn(wrong.name(), "wrong-password"),
            world.tryToLogIn(disabled.name(), PASSWORD),
            world.tryToLogIn(locked.name(), PASSWORD));

    for (Answer refusal : refusals) {
      assertError(refusal, 401, "SM_auth");
      assertThat(refusal.text()).isEqualTo(refusals.get(0).text());
      assertThat(refusal.headers().keySet()).isEqualTo(refusals.get(0).headers().keySet());
    }
    for (TestUser user : List.of(wrong, disabled, locked)) {
      assertThat(stored.tokenHashes(user)).isEmpty();
      assertThat(world.user(user).get("last_login").longValue()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Password-91", "password-91 ", "password-9", " password-91"})
  @Covers("nimble.create-token.credentials")
  void everyCharacterOfThePasswordCounts(String password) {
    TestUser user = world.newUser();

    assertError(world.tryToLogIn(user.name(), password), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.create-token.credentials")
  void theCaseOfTheNameCounts() {
    TestUser user = world.newUser(NimbleWorld.newName("mixedCase"), "");

    assertError(world.tryToLogIn(user.name().toUpperCase(Locale.ROOT), PASSWORD), 401, "SM_auth");
    assertError(world.tryToLogIn(user.name().toLowerCase(Locale.ROOT), PASSWORD), 401, "SM_auth");
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; username",
        "\"password\": \"password-91\"; username",
        "\"username\": \"admin\"; password",
        "\"username\": \"admin\", \"app_name\": \"job\"; password"
      })
  @Covers("nimble.create-token.missing")
  void whatIsMissingIsNamed(String members, String missing) {
    Answer answer = world.anonymous("POST", TOKENS).body(data(members)).send();

    assertError(answer, 400, "SM_missing_arg", "arg", missing);
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        Arguments.of("username", "\"\"", ""),
        Arguments.of("username", text("u", 105), "u".repeat(105)),
        Arguments.of("username", "\"b\u00f6b\"", "b\u00f6b"),
        Arguments.of("username", "\"a\\tb\"", "a\tb"),
        Arguments.of("username", "\"a\\u0000b\"", "a\u0000b"),
        Arguments.of("username", "7", "7"),
        Arguments.of("username", "{}", "object"),
        Arguments.of("app_name", text("a", 256), "a".repeat(255) + "..."),
        Arguments.of("app_name", "\"caf\u00e9\"", "caf\u00e9"),
        Arguments.of("app_name", "true", "true"),
        Arguments.of("app_name", "[1]", "array"),
        Arguments.of("source_ip", "\"\"", ""),
        Arguments.of("source_ip", "\"localhost\"", "localhost"),
        Arguments.of("source_ip", "\"192.0.2\"", "192.0.2"),
        Arguments.of("source_ip", "\"192.0.2.256\"", "192.0.2.256"),
        Arguments.of("source_ip", "\"2001:db8::g\"", "2001:db8::g"),
        Arguments.of("source_ip", "7", "7"));
  }

  private static String text(String character, int length) {
    return '"' + character.repeat(length) + '"';
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  @Covers("nimble.create-token.values")
  void wrongValueIsNamedAndRepeated(String member, String json, String repeated) {
    TestUser user = world.newUser();
    String others =
        member.equals("username")
            ? "\"password\": \"password-91\""
            : "\"username\": \"%s\", \"password\": \"%s\"".formatted(user.name(), PASSWORD);

    Answer answer =
        world
            .anonymous("POST", TOKENS)
            .body(data("%s, \"%s\": %s".formatted(others, member, json)))
            .send();

    assertError(answer, 400, "SM_invalid_arg_value", "arg", member, "value", repeated);
    assertThat(stored.tokenHashes(user)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  @Covers("nimble.create-token.values")
  void wrongPasswordsAreNotRepeated(String json) {
    Answer answer =
        world
            .anonymous("POST", TOKENS)
            .body(data("\"username\": \"admin\", \"password\": " + json))
            .send();

    assertError(answer, 400, "SM_invalid_arg_value", "arg", "password");
    assertThat(answer.text()).doesNotContain("secret", "4711");
  }

  static Stream<String> wrongPasswordsAreNotRepeated() {
    return Stream.of(text("secret", 43), "4711", "[\"secret\"]", "{\"secret\": true}", "null");
  }

  @Test
  @Covers("nimble.create-token.values")
  void longestValuesAreTaken() {
    TestUser user = world.newUser();
    String appName = " !~".repeat(85);

    assertError(world.tryToLogIn("u".repeat(104), "x"), 401, "SM_auth");
    assertError(world.tryToLogIn(user.name(), "\u20ac".repeat(255)), 401, "SM_auth");
    Answer answer = logIn(user, "\"app_name\": \"%s\"".formatted(appName));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/data/app_name").textValue()).isEqualTo(appName).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "::1", "2001:db8::7"})
  @Covers("nimble.create-token.values")
  void addressOfEitherVersionIsKept(String address) {
    Answer answer = logIn(world.newUser(), "\"source_ip\": \"%s\"".formatted(address));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/data/source_ip").textValue()).isEqualTo(address);
  }

  @Test
  @Covers("nimble.create-token.defaults")
  void appNameIsEmptyAndTheAddressThatOfTheConnectionUnlessSaid() {
    TestUser user = world.newUser();

    Answer answer = world.tryToLogIn(user.name(), PASSWORD);

    assertThat(answer.json().at("/data/app_name").textValue()).isEmpty();
    assertThat(answer.json().at("/data/source_ip").textValue()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "0, 0", "-7, -7", "1.5, 1.5", "1000000000000000, 1000000000000000"})
  @Covers("nimble.create-token.app-name-number")
  void numberForAppNameIsItsText(String json, String appName) {
    Answer answer = logIn(world.newUser(), "\"app_name\": " + json);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/data/app_name").textValue()).isEqualTo(appName);
  }

  @Test
  @Covers("nimble.create-token.header-ignored")
  void whatASessionHeaderSaysIsPassedOver() {
    TestUser user = world.newUser();
    TestSession stale = world.logIn(user);
    assertThat(world.call(stale, "DELETE", stale.path()).send().status()).isEqualTo(200);
    TestSession other = world.admin();

    for (String token : List.of("", stale.token(), "unknown", other.token())) {
      Answer answer =
          world
              .anonymous("POST", TOKENS)
              .header("X-Auth-Token", token)
              .body(
                  data(
                      "\"username\": \"%s\", \"password\": \"%s\""
                          .formatted(user.name(), PASSWORD)))
              .send();
      assertThat(answer.status()).as(token).isEqualTo(201);
      assertThat(answer.json().at("/data/username").textValue()).isEqualTo(user.name());
    }
  }

  @Test
  @Covers("nimble.read-user.logged-in")
  void logInsAndLogOutsAreNotedOfTheUser() {
    Instant start = clock.stop();
    TestUser user = world.newUser();
    assertLogIns(user, false, 0, 0);

    TestSession first = world.logIn(user);
    assertLogIns(user, true, start.getEpochSecond(), 0);

    clock.advance(Duration.ofSeconds(5));
    TestSession second = world.logIn(user);
    world.tryToLogIn(user.name(), "wrong-password");
    assertLogIns(user, true, start.getEpochSecond() + 5, 0);

    clock.advance(Duration.ofSeconds(5));
    world.call(first, "DELETE", first.path()).send();
    assertLogIns(user, true, start.getEpochSecond() + 5, start.getEpochSecond() + 10);

    clock.advance(Duration.ofSeconds(5));
    world.call(second, "DELETE", second.path()).send();
    assertLogIns(user, false, start.getEpochSecond() + 5, start.getEpochSecond() + 15);
  }

  private void assertLogIns(TestUser user, boolean loggedIn, long lastLogin, long lastLogout) {
    JsonNode read = world.user(user);
    assertThat(read.get("logged_in").booleanValue()).isEqualTo(loggedIn);
    assertThat(read.get("last_login").longValue()).isEqualTo(lastLogin);
    assertThat(read.get("last_logout").longValue()).isEqualTo(lastLogout);
  }

  @Test
  @Covers("nimble.update-user.disable")
  void disabledUserLosesItsSessionsForGood() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    assertThat(world.put(user.path(), "\"disabled\": true").status()).isEqualTo(200);

    assertError(world.call(session, "GET", user.path()).send(), 401, "SM_auth");
    assertError(world.get(session.path()), 404, "SM_enoent", "id", session.id());
    assertThat(world.user(user).get("logged_in").booleanValue()).isFalse();
    assertThat(world.put(user.path(), "\"disabled\": false").status()).isEqualTo(200);
    assertError(world.call(session, "GET", user.path()).send(), 401, "SM_auth");
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }
}
