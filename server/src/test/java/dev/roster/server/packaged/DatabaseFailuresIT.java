package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.ServerProcess;
import dev.roster.testing.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A database that fails in one way or another: every API answers with its own documented error
 * within the time of the request, readiness reports it, and everything works again afterwards
 * without a restart.
 */
class DatabaseFailuresIT {

  private static final Duration READINESS = Duration.ofSeconds(5);
  private static final Duration SLACK = Duration.ofSeconds(1);

  @TempDir private static Path databaseDir;
  @TempDir private static Path serverDir;

  private static FaultyDatabase database;
  private static ServerProcess server;
  private static UserRequests requests;

  @BeforeAll
  static void start() {
    database = FaultyDatabase.start(databaseDir);
    server = ServerProcess.start(serverDir, database.login());
    requests = UserRequests.ofSampleWorld(server.endpoint().toString());
  }

  @AfterAll
  static void stop() {
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      if (database != null) {
        database.close();
      }
    }
  }

  @AfterEach
  void mend() throws Exception {
    database.mend();
    awaitReadiness(200);
  }

  /** Ways in which a database fails, and whether it still reads. */
  enum Failure {
    READ_ONLY(true),
    OUT_OF_CONNECTIONS(false),
    STOPPED(false);

    private final boolean reads;

    Failure(boolean reads) {
      this.reads = reads;
    }

    void begin(FaultyDatabase database) throws Exception {
      switch (this) {
        case READ_ONLY -> database.makeReadOnly();
        case OUT_OF_CONNECTIONS -> database.takeAllConnections();
        case STOPPED -> database.stop();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Covers({
    "batch.common.database-unavailable",
    "apim.common.database-unavailable",
    "nimble.common.database-unavailable",
    "pack.common.database-unavailable"
  })
  void everyRequestIsAnsweredInTimeAndNoRestartIsNeeded(Failure failure) throws Exception {
    requests.assertAllSucceed();

    failure.begin(database);

    List<UserRequests.Timed> answers = requests.sendAll();
    awaitReadiness(503);
    for (UserRequests.Timed timed : answers) {
      assertThat(timed.took()).as(timed.toString()).isLessThan(timed.limit().plus(SLACK));
      if (failure.reads && !timed.writes()) {
        assertThat(timed.answer().status()).as(timed.toString()).isEqualTo(200);
      } else {
        assertThat(timed.outcome())
            .as(timed.toString())
            .isEqualTo(failure == Failure.STOPPED ? timed.timedOut() : timed.busy());
      }
    }

    database.mend();

    awaitReadiness(200);
    await().atMost(READINESS).untilAsserted(requests::assertAllSucceed);
    assertThat(server.log()).doesNotContain("ERROR");
  }

  @Test
  void readinessTellsThatTheDatabaseIsReadOnly() throws Exception {
    database.makeReadOnly();

    assertThat(awaitReadiness(503).text()).contains("The database is read-only.");
  }

  /** More than there are worker threads, so that the last of them wait for a thread. */
  @Test
  @Covers("batch.common.timeout-exceeded")
  void requestsThatWaitForAThreadEndInTimeToo() throws Exception {
    int callers = 300;
    database.stop();

    long start = System.nanoTime();
    List<Answer> answers =
        Together.send(
            IntStream.range(0, callers).mapToObj(i -> requests.batchRead("?timeout=3")).toList());

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofSeconds(3).plus(SLACK).plusSeconds(2));
    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(UserRequests.outcome(answer)).isEqualTo("500 OperationTimedOut"));
    assertThat(awaitReadiness(503).text()).contains("does not answer");
    database.mend();
    awaitReadiness(200);
    await().atMost(READINESS).untilAsserted(requests::assertAllSucceed);
  }

  /** One backend that is killed makes PostgreSQL close all connections and recover. */
  @Test
  void restartsOfTheDatabaseGiveNoInternalErrors() throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      Thread traffic =
          new Thread(
              () -> {
                for (int i = 0; i < 40; i++) {
                  requests
                      .sendAll()
                      .forEach(
                          timed -> {
                            synchronized (outcomes) {
                              outcomes.add(timed.outcome());
                            }
                          });
                }
              });
      traffic.start();
      await().until(() -> database.killBackend());
      traffic.join();
    }

    assertThat(outcomes.stream().filter(outcome -> outcome.startsWith("500"))).isEmpty();
    assertThat(server.log()).doesNotContain("ERROR");
  }

  private static Answer awaitReadiness(int status) throws Exception {
    Answer[] last = new Answer[1];
    await()
        .atMost(READINESS)
        .until(
            () -> {
              last[0] = Call.ofNoApi(server.endpoint().toString(), "/q/health/ready").send();
              return last[0].status() == status;
            });
    return last[0];
  }
}
