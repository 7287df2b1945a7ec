package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Users are locked after five failed log-ins in a row. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class LogInLockTest {

  @Inject NimbleWorld world;

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      assertError(world.tryToLogIn(name, "wrong-password"), 401, "SM_auth");
    }
  }

  @Test
  @Covers("nimble.create-token.lock")
  void fifthFailureLocksUntilUnlocked() throws Exception {
    TestUser user = world.newUser();
    TestUser other = world.newUser();
    fail(user.name(), 5);

    assertError(world.tryToLogIn(user.name(), PASSWORD), 401, "SM_auth");
    assertError(world.tryToLogIn(user.name(), PASSWORD), 401, "SM_auth");
    assertThat(world.tryToLogIn(other.name(), PASSWORD).status()).isEqualTo(201);

    Answer unlocked = world.post(user.path() + "/actions/unlock", "");
    assertThat(unlocked.status()).isEqualTo(200);
    assertThat(unlocked.json())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"data\": {\"id\": \"%s\", \"auth_lock\": false}}".formatted(user.id())));
    // The count began anew, too.
    fail(user.name(), 4);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.create-token.lock")
  void successStartsTheCountAnew() {
    TestUser user = world.newUser();

    for (int i = 0; i < 2; i++) {
      fail(user.name(), 4);
      assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
    }
    fail(user.name(), 5);
    assertError(world.tryToLogIn(user.name(), PASSWORD), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.create-token.lock")
  void refusalsThatAreNoFailedLogInsDoNotCount() {
    TestUser user = world.newUser();
    for (int i = 0; i < 5; i++) {
      assertThat(world.tryToLogIn(user.name(), "x".repeat(256)).status()).isEqualTo(400);
    }

    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.create-token.lock")
  void lockLeavesSessionsAlone() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    fail(user.name(), 5);

    assertThat(world.call(session, "GET", user.path()).send().status()).isEqualTo(200);
    assertError(world.tryToLogIn(user.name(), PASSWORD), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.create-token.lock")
  void builtInAdministratorIsNeverLocked() {
    fail("admin", 7);

    assertThat(world.tryToLogIn("admin", "admin").status()).isEqualTo(201);
  }
}
