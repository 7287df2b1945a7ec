package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.database.EmbeddedDatabase;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.ServerProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server on a PostgreSQL that it did not start. */
class ExternalDatabaseIT {

  /** Enough for two servers. */
  private static final int CONNECTIONS = 48;

  @TempDir private static Path databaseDir;
  @TempDir private Path first;
  @TempDir private Path second;

  private static EmbeddedDatabase database;

  @BeforeAll
  static void startDatabase() {
    database = EmbeddedDatabase.start(databaseDir, DatabaseTestResource.CACHE_DIR, CONNECTIONS);
  }

  @AfterAll
  static void stopDatabase() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void twoServersOnOneNewDatabaseStartTogetherAndShareItsData() throws Exception {
    CompletableFuture<ServerProcess> starting =
        CompletableFuture.supplyAsync(() -> ServerProcess.start(first, login()));
    try (ServerProcess serverB = ServerProcess.start(second, login());
        ServerProcess serverA = starting.get()) {
      Accounts onA = Accounts.ofSampleNode(serverA.endpoint());
      Accounts onB = Accounts.ofSampleNode(serverB.endpoint());
      assertThat(onA.add("alice")).isEqualTo("201");
      assertThat(onB.add("alice")).isEqualTo("409 NodeUserExists");
      assertThat(onB.delete("alice")).isEqualTo("200");
      assertThat(onA.update("alice")).isEqualTo("404 NodeUserNotFound");

      assertThat(first.resolve("postgresql")).doesNotExist();
      assertThat(second.resolve("postgresql")).doesNotExist();
      for (ServerProcess server : new ServerProcess[] {serverA, serverB}) {
        assertThat(server.log())
            .contains("  Database       " + database.jdbcUrl() + System.lineSeparator())
            .doesNotContain(database.password());
      }
    } finally {
      starting.thenAccept(ServerProcess::close).join();
    }
  }

  @Test
  void wrongPasswordEndsTheStartWithOneLineThatDoesNotRepeatIt() throws Exception {
    StartAttempt attempt =
        StartAttempt.begin(
            first,
            Map.of(
                "roster.database.url",
                database.jdbcUrl(),
                "roster.database.username",
                database.username(),
                "roster.database.password",
                "open-sesame"));
    assertThat(attempt.exitCode()).isEqualTo(1);
    assertThat(attempt.output())
        .containsExactly(
            "Roster did not start: the database of roster.database.url cannot be used (FATAL:"
                + " password authentication failed for user \"postgres\"). Check"
                + " roster.database.url, roster.database.username and roster.database.password,"
                + " and that the database runs.");
  }

  private static Map<String, String> login() {
    return Map.of(
        "roster.database.url",
        database.jdbcUrl() + "?ApplicationName=roster",
        "roster.database.username",
        database.username(),
        "roster.database.password",
        database.password());
  }
}
