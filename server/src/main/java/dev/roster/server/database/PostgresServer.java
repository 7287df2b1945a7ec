package dev.roster.server.database;

import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** Starts a PostgreSQL on a cluster and waits until it answers; can do so again and again. */
final class PostgresServer {

  /** Time for the last checkpoint. */
  static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /** Long enough for the crash recovery of a large cluster. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private static final String CONNECT_PATIENCE_SECONDS = "10";

  /** Which line of {@code postmaster.pid} has the state. */
  private static final int STATE_LINE = 7;

  private final Path home;
  private final PostgresCluster cluster;
  private final PostgresBinaries binaries;
  private final int port;
  private final int maxConnections;

  PostgresServer(
      Path home, PostgresCluster cluster, PostgresBinaries binaries, int port, int maxConnections) {
    this.home = home;
    this.cluster = cluster;
    this.binaries = binaries;
    this.port = port;
    this.maxConnections = maxConnections;
  }

  /** JDBC URL of a PostgreSQL on a port of this machine, without user and password. */
  static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /**
   * Starts it and waits until it answers.
   *
   * @throws StartupException with the reason, if it does not start
   */
  PostgresProcess start(PostgresCluster.Launcher launcher, String password) throws IOException {
    PostgresProcess process = launcher.launch(command());
    boolean started = false;
    try {
      long deadline = System.nanoTime() + START_PATIENCE.toNanos();
      while (!isReady(process)) {
        if (process.hasEndedWithin(LOOK_AGAIN)) {
          throw PostgresFailure.of(home, process.reason());
        }
        if (System.nanoTime() > deadline) {
          throw PostgresFailure.of(
              home, "no connection was accepted within " + START_PATIENCE.toSeconds() + " s");
        }
      }
      connect(password);
      started = true;
      return process;
    } finally {
      if (!started && process.isAlive() && !process.stop(CLOSE_PATIENCE)) {
        process.kill();
      }
    }
  }

  private List<String> command() {
    return binaries.command(
        "postgres",
        "-D",
        cluster.folder().toString(),
        "-p",
        Integer.toString(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        "max_connections=" + maxConnections,
        "-c",
        "timezone=UTC",
        "-c",
        "log_timezone=UTC",
        // Whatever its configuration file says: what was acknowledged has to survive a crash.
        "-c",
        "fsync=on",
        "-c",
        "synchronous_commit=on",
        // To standard error, which is read.
        "-c",
        "logging_collector=off",
        "-c",
        "log_destination=stderr");
  }

  private boolean isReady(PostgresProcess process) {
    try {
      List<String> lines = Files.readAllLines(cluster.folder().resolve("postmaster.pid"));
      return lines.size() > STATE_LINE
          && lines.get(0).strip().equals(Long.toString(process.pid()))
          && lines.get(STATE_LINE).strip().equals("ready");
    } catch (IOException e) {
      // It is not there yet.
      return false;
    }
  }

  private void connect(String password) {
    Properties login = new Properties();
    login.setProperty("user", PostgresCluster.USER);
    login.setProperty("password", password);
    login.setProperty("connectTimeout", CONNECT_PATIENCE_SECONDS);
    login.setProperty("loginTimeout", CONNECT_PATIENCE_SECONDS);
    try (Connection connection = new org.postgresql.Driver().connect(jdbcUrl(port), login)) {
      if (connection == null) {
        throw new IllegalStateException(jdbcUrl(port));
      }
    } catch (SQLException e) {
      throw new StartupException(
          "the embedded PostgreSQL in "
              + home
              + " does not open its database ("
              + e.getMessage().lines().findFirst().orElse("")
              + "). Restore postgresql and postgresql.password there from one back-up, or set"
              + " roster.data-dir to another folder.",
          e);
    }
  }
}
