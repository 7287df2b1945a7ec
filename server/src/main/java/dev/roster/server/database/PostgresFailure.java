package dev.roster.server.database;

import dev.roster.server.config.StartupException;
import java.nio.file.Path;
import java.util.Map;

/** The line for the operator about a PostgreSQL that does not start. */
final class PostgresFailure {

  /** What to do, by what PostgreSQL or the system says. */
  private static final Map<String, String> ADVICE =
      Map.of(
          "No space left on device",
              "Make room on its disk, or set roster.data-dir to another one.",
          "Disk quota exceeded", "Make room in the quota, or set roster.data-dir to another disk.",
          "File too large", "Raise the limit on the size of files (ulimit -f).",
          "Read-only file system", "Make it writable, or set roster.data-dir to another disk.",
          "Permission denied", "Give the folder and all in it to the user that runs Roster.",
          "wrong ownership", "Give the folder and all in it to the user that runs Roster.",
          "invalid permissions", "Take away the access of other users (chmod 700).",
          "Address already in use", "Another program took the port meanwhile; start Roster again.",
          "cannot be run as root", "Run Roster as another user.",
          "unshare", "Run Roster as another user than root.");

  private PostgresFailure() {}

  /**
   * The failed start of a program.
   *
   * @param home the data directory
   * @param reason what the program said
   */
  static StartupException of(Path home, String reason) {
    String advice =
        ADVICE.entrySet().stream()
            .filter(known -> reason.contains(known.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(
                "Look into postgresql.log there. Restore the folder from your back-up, set"
                    + " roster.data-dir to another folder, or use a server of your own with"
                    + " roster.database.url.");
    return new StartupException(
        "the embedded PostgreSQL in " + home + " does not start (" + reason + "). " + advice);
  }
}
