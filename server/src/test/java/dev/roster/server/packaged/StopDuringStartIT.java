package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped at any moment of its start ends, leaves nothing and starts again. */
class StopDuringStartIT {

  private static final int STARTS = 10;
  private static final int TERMINATED = 143;

  /** Below the server's patience with a service that does not end. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void everyStartThatIsStoppedEndsAndTheNextOneWorks() throws Exception {
    long whole = System.nanoTime();
    ServerProcess.start(dataDir, Map.of()).close();
    whole = System.nanoTime() - whole;
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < STARTS; i++) {
      Duration moment = Duration.ofNanos((long) (random.nextDouble() * whole));
      String description = "seed " + seed + ", start " + i + ", stopped after " + moment;
      StartAttempt attempt = StartAttempt.begin(dataDir, Map.of()).lives(moment).terminate();

      assertThat(attempt.exitCode(PATIENCE)).as(description).isEqualTo(TERMINATED);
      assertThat(attempt.output())
          .as(description)
          .noneMatch(line -> line.matches(".*(Exception|did not).*"));
      Awaitility.await(description)
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(Processes.on(dataDir)).isEmpty());
      assertThat(dataDir.resolve("postgresql/postmaster.pid")).as(description).doesNotExist();
    }
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      assertThat(Accounts.ofSampleNode(server.endpoint()).add("alice")).isEqualTo("201");
    }
  }
}
