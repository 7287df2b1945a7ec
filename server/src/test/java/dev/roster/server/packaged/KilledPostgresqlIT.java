package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose PostgreSQL is killed starts it again. */
class KilledPostgresqlIT {

  private static final int WRITES = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void writesAreRefusedAsBusyUntilPostgresqlRunsAgainAndNoneIsLost() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      Accounts accounts = Accounts.ofSampleNode(server.endpoint());
      Set<String> acknowledged = new TreeSet<>();
      for (int i = 0; i < WRITES; i++) {
        if (i == WRITES / 2) {
          killPostgresql();
          assertThat(accounts.add("refused")).startsWith("503 ");
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () -> {
                    String outcome = accounts.add("refused");
                    assertThat(outcome).matches("201|409 NodeUserExists|503 .*");
                    return !outcome.startsWith("503 ");
                  });
        }
        assertThat(accounts.add("user" + i)).isEqualTo("201");
        acknowledged.add("user" + i);
      }
      for (String name : acknowledged) {
        assertThat(accounts.add(name)).isEqualTo("409 NodeUserExists");
      }
      assertThat(server.log()).contains("The embedded PostgreSQL runs again");
    }
    assertThat(Processes.on(dataDir)).isEmpty();
  }

  private void killPostgresql() throws Exception {
    List<String> lines = Files.readAllLines(dataDir.resolve("postgresql/postmaster.pid"));
    ProcessHandle postgresql = ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
    postgresql.destroyForcibly();
    postgresql.onExit().get();
  }
}
