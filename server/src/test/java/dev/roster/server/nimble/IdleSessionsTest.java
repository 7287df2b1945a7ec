package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.NOBODY;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions die of having no requests. The clock stands still but for what a test moves it. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class IdleSessionsTest {

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;
  @Inject MutableClock clock;

  private Instant start;

  @BeforeEach
  void stopTheClock() {
    start = clock.stop();
  }

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  private TestUser newUser(long timeout) {
    return world.newUser(
        NimbleWorld.newName("user"), "\"inactivity_timeout\": %d".formatted(timeout));
  }

  private int read(TestSession session) {
    return world.call(session, "GET", session.path()).send().status();
  }

  @ParameterizedTest
  @CsvSource({"0, 1800", "2, 2", "60, 60", "43200, 43200"})
  @Covers({"nimble.create-token.idle", "nimble.read-token.dead"})
  void sessionLivesUntilItsTimeOutIsOver(long own, long inForce) {
    TestUser user = newUser(own);
    TestSession session = world.logIn(user);
    Duration timeout = Duration.ofSeconds(inForce);

    clock.advance(timeout.minusMillis(1));
    assertThat(read(session)).isEqualTo(200);

    clock.advance(timeout.minusMillis(1));
    assertThat(world.get(session.path()).status()).isEqualTo(200);
    assertThat(world.user(user).get("logged_in").booleanValue()).isTrue();

    clock.advance(Duration.ofMillis(1));
    assertError(world.call(session, "GET", session.path()).send(), 401, "SM_auth");
    assertError(world.get(session.path()), 404, "SM_enoent", "id", session.id());
    assertThat(world.user(user).get("logged_in").booleanValue()).isFalse();
    assertThat(world.user(user).get("last_logout").longValue()).isZero();
    assertThat(NimbleWorld.values(world.get(TOKENS + "?username=" + user.name()), "id")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET; /v1/users; ''; 200",
        "GET; /versions; ''; 200",
        "GET; /v1/users?pageSize=0; ''; 400",
        "GET; /v1/users/7; ''; 400",
        "GET; /v1/users/" + NOBODY + "; ''; 404",
        "POST; /v1/users; no JSON; 400",
        "POST; /v1/users; {\"data\": {}}; 403",
        "POST; /v1/tokens; {\"data\": {}, \"operationType\": \"fetch\"}; 400",
      })
  @Covers("nimble.create-token.idle")
  void requestGivesTheWholeTimeAnewWhateverItAnswers(
      String method, String target, String body, int status) {
    TestUser user = newUser(60);
    TestSession session = world.logIn(user);
    boolean open = target.equals("/versions");

    clock.advance(A_MINUTE.minusSeconds(1));
    assertThat(world.call(session, method, target, body).send().status()).isEqualTo(status);

    clock.advance(A_MINUTE.minusSeconds(1));
    // What needs no session does not look at it either.
    assertThat(read(session)).isEqualTo(open ? 401 : 200);
  }

  @Test
  @Covers("nimble.create-token.idle")
  void requestsOfOthersDoNotKeepASessionAlive() {
    TestUser user = newUser(60);
    TestSession session = world.logIn(user);

    clock.advance(Duration.ofSeconds(30));
    assertThat(world.get(session.path()).status()).isEqualTo(200);
    TestSession second = world.logIn(user);

    clock.advance(Duration.ofSeconds(30));
    assertError(world.call(session, "GET", session.path()).send(), 401, "SM_auth");
    assertThat(read(second)).isEqualTo(200);
  }

  @Test
  @Covers({"nimble.create-token.idle", "nimble.read-token.answer"})
  void lastModifiedIsTheTimeOfTheLastRequest() {
    TestUser user = newUser(60);
    TestSession session = world.logIn(user);

    clock.advance(Duration.ofSeconds(7));
    for (String time : List.of("creation_time", "last_modified")) {
      assertThat(world.get(session.path()).json().at("/data/" + time).longValue())
          .as(time)
          .isEqualTo(start.getEpochSecond());
    }
    assertThat(
            world
                .call(session, "GET", session.path())
                .send()
                .json()
                .at("/data/last_modified")
                .longValue())
        .isEqualTo(start.getEpochSecond() + 7);
    assertThat(world.get(session.path()).json().at("/data/creation_time").longValue())
        .isEqualTo(start.getEpochSecond());
  }

  @Test
  @Covers("nimble.create-token.idle")
  void deadSessionStaysDead() {
    TestUser user = newUser(60);
    TestSession session = world.logIn(user);
    clock.advance(A_MINUTE);
    assertThat(stored.has(session)).isTrue();

    for (int i = 0; i < 2; i++) {
      assertError(world.call(session, "GET", USERS).send(), 401, "SM_auth");
      assertError(world.call(session, "DELETE", session.path()).send(), 401, "SM_auth");
    }
    assertError(world.delete(session.path()), 404, "SM_enoent", "id", session.id());
    assertThat(world.user(user).get("last_logout").longValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 300, 700", "1, 20, 980", "2, 500, 1700", "60, 900, 59300"})
  @Covers("nimble.create-token.idle")
  void sessionThatIsUsedInTimeNeverDies(long timeout, long first, long second) {
    TestSession session = world.logIn(newUser(timeout));

    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMillis(first));
      assertThat(read(session)).isEqualTo(200);
      clock.advance(Duration.ofMillis(second));
      assertThat(read(session)).isEqualTo(200);
    }
  }

  @Test
  @Covers("nimble.create-token.idle")
  void useOfALongSessionIsWrittenOnceASecondAtMost() {
    TestSession session = world.logIn(newUser(1800));
    String opened = stored.usedAt(session);

    clock.advance(Duration.ofMillis(999));
    assertThat(read(session)).isEqualTo(200);
    assertThat(stored.usedAt(session)).isEqualTo(opened);

    clock.advance(Duration.ofMillis(1));
    assertThat(read(session)).isEqualTo(200);
    assertThat(stored.usedAt(session)).isNotEqualTo(opened);
  }

  @Test
  @Covers("nimble.create-token.lifetime")
  void sessionThatIsUsedLivesOn() {
    clock.stop();
    TestUser user = newUser(43200);
    TestSession session = world.logIn(user);
    Duration half = Duration.ofHours(12).minusMillis(1);

    for (int i = 0; i < 2; i++) {
      clock.advance(half);
      assertThat(read(session)).isEqualTo(200);
    }
    clock.advance(Duration.ofMillis(2));
    assertThat(read(session)).isEqualTo(200);
  }
}
