package dev.roster.server;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupChecks;
import dev.roster.server.config.StartupException;
import dev.roster.server.database.EmbeddedDatabase;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/**
 * Starts the database where none is configured, then the service.
 *
 * <p>The database comes first because Quarkus fixes the JDBC URL when it starts.
 */
@QuarkusMain
public final class Main {

  private static final int START_REFUSED = 1;

  private Main() {}

  /**
   * Runs the server until it is stopped. A start that cannot succeed ends with exit code 1 and one
   * line that says what to do.
   */
  public static void main(String[] args) {
    Optional<EmbeddedDatabase> database;
    try {
      RosterConfig config = StartupChecks.check();
      database = EmbeddedDatabase.startUnlessConfigured(config);
    } catch (StartupException e) {
      System.err.println("Roster did not start: " + e.getMessage());
      System.exit(START_REFUSED);
      return;
    }
    // Quarkus would answer a URL that cannot be decoded by itself, without a body; see RequestGate.
    System.setProperty("vertx.disableURIValidation", "true");
    Quarkus.run(
        RosterApplication.class,
        (exitCode, failure) -> {
          if (failure != null) {
            // Not the log: a start may fail before there is one.
            failure.printStackTrace();
          }
          database.ifPresent(EmbeddedDatabase::close);
          System.exit(exitCode);
        },
        args);
  }
}
