package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a deployer sets of sessions. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(SessionLimitsTest.FewSessions.class)
class SessionLimitsTest {

  private static final int MOST = 3;
  private static final Duration GROUP_TIMEOUT = Duration.ofMinutes(10);

  /** Few sessions, a shorter time-out, and no locks. */
  public static class FewSessions implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.nimble.max-sessions", Integer.toString(MOST),
          "roster.nimble.allowed-attempts", "0",
          "roster.nimble.inactivity-timeout", "10m");
    }
  }

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  private TestUser newUser() {
    stored.endThoseOfTheAdministrator();
    return world.newUser();
  }

  private static void assertTooMany(Answer answer) {
    assertError(answer, 409, "SM_err_max_sessions_reached");
  }

  @Test
  @Covers("nimble.create-token.max-sessions")
  void sessionBeyondTheNumberIsRefusedUntilOneEnds() {
    TestUser user = newUser();
    List<TestSession> sessions = List.of(world.logIn(user), world.logIn(user), world.logIn(user));
    List<String> rows = stored.of(user);

    assertTooMany(world.tryToLogIn(user.name(), PASSWORD));

    assertThat(stored.of(user)).isEqualTo(rows);
    assertThat(world.tryToLogIn(newUser().name(), PASSWORD).status()).isEqualTo(201);
    TestSession last = sessions.get(2);
    assertThat(world.call(last, "DELETE", last.path()).send().status()).isEqualTo(200);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
    assertTooMany(world.tryToLogIn(user.name(), PASSWORD));
  }

  @Test
  @Covers("nimble.create-token.max-sessions")
  void wrongPasswordIsRefusedAsSuchWhateverTheNumber() {
    TestUser user = newUser();
    for (int i = 0; i < MOST; i++) {
      world.logIn(user);
    }

    assertError(world.tryToLogIn(user.name(), "wrong-password"), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.create-token.max-sessions")
  void deadSessionsDoNotCount() {
    clock.stop();
    TestUser user = newUser();
    TestSession dead = world.logIn(user);
    clock.advance(Duration.ofSeconds(1));
    TestSession live = world.logIn(user);
    world.logIn(user);
    clock.advance(GROUP_TIMEOUT.minusSeconds(1));

    TestSession next = world.logIn(user);

    assertTooMany(world.tryToLogIn(user.name(), PASSWORD));
    assertThat(stored.has(dead)).isFalse();
    for (TestSession session : List.of(live, next)) {
      assertThat(world.call(session, "GET", session.path()).send().status()).isEqualTo(200);
    }
  }

  @Test
  @Covers("nimble.create-token.max-sessions")
  void concurrentLogInsDoNotExceedTheNumber() {
    TestUser user = newUser();
    Call logIn =
        world
            .anonymous("POST", NimbleWorld.TOKENS)
            .body(
                NimbleWorld.data(
                    "\"username\": \"%s\", \"password\": \"%s\"".formatted(user.name(), PASSWORD)));

    List<Answer> answers = Together.send(Collections.nCopies(8, logIn));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(MOST);
    answers.stream()
        .filter(answer -> answer.status() != 201)
        .forEach(SessionLimitsTest::assertTooMany);
    assertThat(stored.tokenHashes(user)).hasSize(MOST);
  }

  @Test
  @Covers("nimble.create-token.lock")
  void withZeroAttemptsNobodyIsLocked() {
    TestUser user = newUser();
    for (int i = 0; i < 12; i++) {
      assertError(world.tryToLogIn(user.name(), "wrong-password"), 401, "SM_auth");
    }

    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.create-token.idle")
  void timeOutOfTheGroupIsTheConfiguredOne() {
    clock.stop();
    TestUser user = newUser();
    TestSession session = world.logIn(user);

    clock.advance(GROUP_TIMEOUT.minusMillis(1));
    assertThat(world.call(session, "GET", session.path()).send().status()).isEqualTo(200);

    clock.advance(GROUP_TIMEOUT);
    assertError(world.call(session, "GET", session.path()).send(), 401, "SM_auth");
  }
}
