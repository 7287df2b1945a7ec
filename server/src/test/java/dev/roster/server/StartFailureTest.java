package dev.roster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.roster.server.database.EmbeddedDatabase;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.runtime.QuarkusBindException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {

  @TempDir private Path folder;

  /** Ports are checked before; somebody may take one in between. */
  @ParameterizedTest
  @CsvSource({"8080, roster.http.port", "8443, roster.https.port"})
  void portThatWasTakenMeanwhileIsNamedWithItsProperty(int port, String property) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new StartFailure(new QuarkusBindException("127.0.0.1", port, new BindException()))
        .print(new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Roster did not start: port "
                + port
                + " on 127.0.0.1 cannot be opened. Stop what uses it, or set "
                + property
                + " to another port.");
  }

  @Test
  void schemaOfAnotherProgramIsNamed() throws Exception {
    try (EmbeddedDatabase database = start()) {
      execute(database, "create table theirs (id int)");

      assertThat(lineOfMigration(database))
          .isEqualTo(
              "Roster did not start: the database holds tables of another program. Give Roster an"
                  + " empty database with roster.database.url.");
    }
  }

  @Test
  void editedSchemaIsNamed() throws Exception {
    try (EmbeddedDatabase database = start()) {
      flyway(database).migrate();
      execute(database, "update flyway_schema_history set checksum = 1 where version = '2'");

      assertThat(lineOfMigration(database))
          .isEqualTo(
              "Roster did not start: the schema of the database is not what this Roster makes"
                  + " (Migration checksum mismatch for migration version 2). Start it with the Roster"
                  + " that used it last, or give this one an empty database with roster.database.url"
                  + " or roster.data-dir.");
    }
  }

  @Test
  void newerSchemaIsNamed() throws Exception {
    try (EmbeddedDatabase database = start()) {
      flyway(database).migrate();
      execute(
          database,
          "insert into flyway_schema_history select 999, '999', 'newer', type, 'V999__newer.sql',"
              + " checksum, installed_by, installed_on, execution_time, success from"
              + " flyway_schema_history where version = '2'");

      assertThat(lineOfMigration(database))
          .isEqualTo(
              "Roster did not start: the schema of the database is not what this Roster makes"
                  + " (Detected applied migration not resolved locally: 999.). Start it with the"
                  + " Roster that used it last, or give this one an empty database with"
                  + " roster.database.url or roster.data-dir.");
    }
  }

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.start(folder.resolve("data"), DatabaseTestResource.CACHE_DIR, 8);
  }

  /** As the server has it: every migration has to be known. */
  private static Flyway flyway(EmbeddedDatabase database) {
    return Flyway.configure()
        .dataSource(database.jdbcUrl(), database.username(), database.password())
        .ignoreMigrationPatterns(new String[0])
        .load();
  }

  private static String lineOfMigration(EmbeddedDatabase database) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Throwable failure = catchThrowable(() -> flyway(database).migrate());
    assertThat(failure).isNotNull();

    new StartFailure(new IllegalStateException("Failed to start application", failure))
        .print(new PrintStream(printed, true, StandardCharsets.UTF_8));

    return printed.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
