package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.LogLines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the array answers when it is not the caller's fault. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UnavailableTest {

  /** One is being checked, and so many wait. */
  private static final int PLACES = 1 + 64;

  private static final int TOO_MANY = 5;

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;

  @Test
  @Covers({"nimble.common.http-codes", "nimble.common.framework-errors"})
  void failureOfTheServerIsToldWithoutItsCause() {
    TestUser user = world.newUser();
    stored.execute("update nimble_user set password_hash = 'damaged' where name = ?", user.name());

    try (LogLines log = new LogLines()) {
      Answer answer = world.tryToLogIn(user.name(), PASSWORD);

      assertError(answer, 500, "SM_internal");
      assertThat(answer.text()).doesNotContain("Not a hash", "Exception");
      assertThat(log.lines())
          .anyMatch(line -> line.contains("IllegalArgumentException") && line.contains("failed"));
    }
    assertThat(stored.tokenHashes(user)).isEmpty();
  }

  /** While the row of the user is held no attempt comes to its end. */
  @Test
  @Covers({"nimble.common.http-codes", "nimble.create-token.throttle"})
  void newestOfTooManyLogInsAreTurnedAwayAndTheOthersSucceed() throws Exception {
    TestUser user = world.newUser();
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(PLACES + TOO_MANY);
    try {
      List<Answer> early =
          stored.during(
              () -> {
                for (int i = 0; i < PLACES + TOO_MANY; i++) {
                  threads.execute(() -> answers.add(world.tryToLogIn(user.name(), PASSWORD)));
                }
                return take(answers, TOO_MANY);
              },
              "update nimble_user set locked = false where name = ?",
              user.name());

      for (Answer answer : early) {
        assertError(answer, 503, "SM_ebusy");
      }
      assertThat(take(answers, PLACES)).allMatch(answer -> answer.status() == 201);
      assertThat(answers).isEmpty();
      assertThat(stored.tokenHashes(user)).hasSize(PLACES);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Answer> take(BlockingQueue<Answer> answers, int number) {
    List<Answer> taken = new ArrayList<>();
    try {
      while (taken.size() < number) {
        Answer answer = answers.poll(60, TimeUnit.SECONDS);
        assertThat(answer).as("after %d answers", taken.size()).isNotNull();
        taken.add(answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return taken;
  }
}
