package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server acknowledged survives its sudden end, and the next start needs no help. */
class KillNineIT {

  private static final int ROUNDS = 10;
  private static final int WRITERS = 4;
  private static final int WRITES_BEFORE_KILL = 60;

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void acknowledgedWritesSurviveTenKills() throws Exception {
    Map<String, Boolean> everyAccount = new TreeMap<>();
    ServerProcess server = ServerProcess.start(dataDir, Map.of());
    for (int round = 0; round < ROUNDS; round++) {
      Written written = writeUntilKilled(server, round);
      assertNoProcessIsLeft();

      server = ServerProcess.start(dataDir, Map.of());

      Accounts accounts = Accounts.ofSampleNode(server.endpoint());
      for (String name : written.unacknowledged) {
        // Either came to pass; afterwards the account is there.
        assertThat(accounts.add(name)).isIn("201", "409 NodeUserExists");
        written.accounts.put(name, true);
      }
      assertAsAcknowledged(accounts, written.accounts);
      everyAccount.putAll(written.accounts);
    }
    assertAsAcknowledged(Accounts.ofSampleNode(server.endpoint()), everyAccount);
    assertThat(everyAccount).containsValues(true, false).hasSizeGreaterThan(ROUNDS * 20);
    server.close();
    assertThat(Processes.on(dataDir)).isEmpty();
  }

  @Test
  void startThatWasKilledBeforeTheClusterWasCompleteIsRepairedByTheNext() throws Exception {
    Path cache = dataDir.resolve("cache");
    Map<String, String> properties = Map.of("roster.cache-dir", cache.toString());
    for (Path reached :
        List.of(
            cache.resolve("unpacking.lock"),
            dataDir.resolve("postgresql.unfinished/PG_VERSION"),
            dataDir.resolve("postgresql/postmaster.pid"))) {
      StartAttempt.begin(dataDir, properties).reaches(reached).kill();
      assertNoProcessIsLeft();
    }

    ServerProcess server = ServerProcess.start(dataDir, Map.of());

    Accounts accounts = Accounts.ofSampleNode(server.endpoint());
    assertThat(accounts.add("userName")).isEqualTo("409 NodeUserExists");
    assertThat(accounts.add("alice")).isEqualTo("201");
    server.close();
    assertThat(Processes.on(dataDir)).isEmpty();
  }

  /** PostgreSQL ends with its server. */
  private void assertNoProcessIsLeft() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(Processes.on(dataDir)).isEmpty());
  }

  /** What the writers of a round know: accounts by name, with whether they exist. */
  private record Written(Map<String, Boolean> accounts, Set<String> unacknowledged) {

    static Written nothing() {
      return new Written(new TreeMap<>(), new TreeSet<>());
    }

    void add(Written other) {
      accounts.putAll(other.accounts);
      unacknowledged.addAll(other.unacknowledged);
    }
  }

  private static Written writeUntilKilled(ServerProcess server, int round) throws Exception {
    CountDownLatch acknowledged = new CountDownLatch(WRITES_BEFORE_KILL);
    ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<Written>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String prefix = "r" + round + "w" + i + "n";
        Accounts accounts = Accounts.ofSampleNode(server.endpoint());
        Callable<Written> writer = () -> writeOn(accounts, prefix, acknowledged);
        writers.add(executor.submit(writer));
      }
      assertThat(acknowledged.await(2, TimeUnit.MINUTES)).isTrue();
      server.kill();
      Written all = Written.nothing();
      for (Future<Written> writer : writers) {
        all.add(writer.get());
      }
      return all;
    } finally {
      executor.shutdownNow();
    }
  }

  /** Adds two accounts, changes one and deletes the other, again and again. */
  private static Written writeOn(Accounts accounts, String prefix, CountDownLatch acknowledged) {
    Written written = Written.nothing();
    String name = prefix;
    try {
      for (int i = 0; ; i++) {
        name = prefix + i;
        assertThat(accounts.add(name)).isEqualTo("201");
        written.accounts.put(name, true);
        acknowledged.countDown();
        if (i % 2 == 0) {
          assertThat(accounts.update(name)).isEqualTo("200");
        } else {
          assertThat(accounts.delete(name)).isEqualTo("200");
          written.accounts.put(name, false);
        }
        acknowledged.countDown();
      }
    } catch (IOException killed) {
      written.accounts.remove(name);
      written.unacknowledged.add(name);
    }
    return written;
  }

  private static void assertAsAcknowledged(Accounts accounts, Map<String, Boolean> expected)
      throws IOException {
    Map<String, Boolean> found = new TreeMap<>();
    for (Map.Entry<String, Boolean> account : expected.entrySet()) {
      String name = account.getKey();
      String outcome = account.getValue() ? accounts.add(name) : accounts.delete(name);
      found.put(
          name,
          switch (outcome) {
            case "409 NodeUserExists", "200" -> true;
            case "201", "404 NodeUserNotFound" -> false;
            default -> throw new AssertionError(name + ": " + outcome);
          });
    }
    assertThat(found).isEqualTo(expected);
  }
}
