package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.ADMIN;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UnlockUserTest {

  /** Failed log-ins in a row that lock a user. */
  private static final int ALLOWED = 5;

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  private static String unlock(TestUser user) {
    return user.path() + "/actions/unlock";
  }

  private void fail(TestUser user, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(world.tryToLogIn(user.name(), "wrong").status()).isEqualTo(401);
    }
  }

  private TestUser lockedUser() {
    TestUser user = world.newUser();
    fail(user, ALLOWED);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(401);
    return user;
  }

  private static void assertUnlocked(Answer answer, TestUser user) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo("{\"data\":{\"id\":\"%s\",\"auth_lock\":false}}".formatted(user.id()));
  }

  @Test
  @Covers("nimble.unlock-user.unlocked")
  void unlockedUserCanLogInAgain() {
    TestUser user = lockedUser();
    TestUser other = lockedUser();

    assertUnlocked(world.post(unlock(user), ""), user);

    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
    assertThat(world.tryToLogIn(other.name(), PASSWORD).status()).isEqualTo(401);
  }

  @Test
  @Covers("nimble.unlock-user.unlocked")
  void unlockingForgetsTheFailures() {
    TestUser user = world.newUser();
    fail(user, ALLOWED - 1);

    assertUnlocked(world.post(unlock(user), ""), user);

    fail(user, ALLOWED - 1);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.unlock-user.unlocked")
  void unlockingDoesNotEnable() {
    TestUser user = lockedUser();
    assertThat(world.put(user.path(), "\"disabled\": true").status()).isEqualTo(200);

    assertUnlocked(world.post(unlock(user), ""), user);

    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(401);
    assertThat(world.user(user).get("disabled").booleanValue()).isTrue();
  }

  @Test
  @Covers("nimble.unlock-user.not-locked")
  void userWhoIsNotLockedAnswersTheSame() {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    assertUnlocked(world.post(unlock(user), ""), user);

    assertThat(stored.of(user)).isEqualTo(before);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"data\": {}}",
        "{\"data\": {\"id\": \"ID\"}}",
        "{\"data\": {\"id\": \"UPPER\"}}"
      })
  @Covers("nimble.unlock-user.body")
  void bodyMayRepeatTheIdOrBeMissing(String body) {
    TestUser user = lockedUser();
    String sent =
        body.replace("ID", user.id()).replace("UPPER", user.id().toUpperCase(Locale.ROOT));

    Answer answer =
        sent.isEmpty()
            ? world.call(world.administrator(), "POST", unlock(user)).send()
            : world.call(world.administrator(), "POST", unlock(user), sent).send();

    assertUnlocked(answer, user);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.unlock-user.body")
  void otherBodyIsRefusedAndUnlocksNobody() {
    TestUser user = lockedUser();
    List<String> before = stored.of(user);

    assertError(
        world.post(unlock(user), "\"id\": \"%s\"".formatted(ADMIN)),
        400,
        "SM_invalid_arg_value",
        "arg",
        "id",
        "value",
        ADMIN);
    assertError(
        world.post(unlock(user), "\"id\": null"),
        400,
        "SM_invalid_arg_value",
        "arg",
        "id",
        "value",
        "null");
    assertError(
        world.post(unlock(user), "\"name\": \"%s\"".formatted(user.name())),
        400,
        "SM_unexpected_arg",
        "arg",
        "name");

    assertThat(stored.of(user)).isEqualTo(before);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(401);
  }
}
