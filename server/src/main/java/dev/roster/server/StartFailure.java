package dev.roster.server;

import dev.roster.server.config.StartupException;
import io.quarkus.runtime.QuarkusBindException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.api.FlywayException;

/** What a person is told about a service that did not start. */
final class StartFailure {

  private final Throwable failure;

  StartFailure(Throwable failure) {
    this.failure = failure;
  }

  /** Prints one line if the reason is known, and everything otherwise. */
  void print(PrintStream out) {
    Optional<String> reason = reason();
    if (reason.isPresent()) {
      out.println("Roster did not start: " + reason.get());
    } else {
      out.print("Roster did not start: ");
      failure.printStackTrace(out);
    }
  }

  private Optional<String> reason() {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupException) {
        return Optional.of(cause.getMessage());
      }
      if (cause instanceof QuarkusBindException bind) {
        return Optional.of(
            "port "
                + bind.getPort()
                + " on "
                + bind.getHost()
                + " cannot be opened. Stop what uses it, or set "
                + (isHttps(bind.getPort()) ? "roster.https.port" : "roster.http.port")
                + " to another port.");
      }
      if (cause instanceof FlywayException && !(cause.getCause() instanceof SQLException)) {
        return Optional.of(schema(cause.getMessage()));
      }
      if (cause instanceof SQLException) {
        return Optional.of(
            "the database refused ("
                + cause.getMessage().lines().findFirst().orElse("")
                + "). Check roster.database.url, roster.database.username and"
                + " roster.database.password.");
      }
    }
    return Optional.empty();
  }

  /** Flyway puts the reason on its second line and advice on its own use behind it. */
  private static String schema(String message) {
    if (message.startsWith("Found non-empty schema")) {
      return "the database holds tables of another program. Give Roster an empty database with"
          + " roster.database.url.";
    }
    List<String> lines = message.lines().filter(line -> !line.isBlank()).toList();
    return "the schema of the database is not what this Roster makes ("
        + lines.get(Math.min(1, lines.size() - 1))
        + "). Start it with the Roster that used it last, or give this one an empty database with"
        + " roster.database.url or roster.data-dir.";
  }

  private static boolean isHttps(int port) {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.http.ssl-port", Integer.class)
        .filter(https -> https == port)
        .isPresent();
  }
}
