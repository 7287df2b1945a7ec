package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UpdateUserTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers("batch.update-user.omitted-expiry-resets")
  void omittedExpiryBecomesOneDayFromNow() {
    Instant now = clock.stop();
    Node node = world.windowsNode();
    world.addUser(node, "alice");

    Answer answer =
        world.call("PUT", node.user("alice")).json("{\"password\": \"secret-1\"}").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(world.user(node, "alice").orElseThrow().expiresAt)
        .isEqualTo(now.plus(Duration.ofDays(1)));
  }
}
