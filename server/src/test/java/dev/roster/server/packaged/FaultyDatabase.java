package dev.roster.server.packaged;

import dev.roster.server.database.EmbeddedDatabase;
import dev.roster.testing.DatabaseTestResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** A PostgreSQL that fails when it is asked to, for a server that did not start it. */
final class FaultyDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 16;
  private static final String TOO_MANY_CONNECTIONS = "53300";

  private final EmbeddedDatabase database;
  private final ProcessHandle postmaster;
  private final List<Connection> taken = new ArrayList<>();
  private boolean stopped;

  private FaultyDatabase(EmbeddedDatabase database, ProcessHandle postmaster) {
    this.database = database;
    this.postmaster = postmaster;
  }

  static FaultyDatabase start(Path folder) {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(folder, DatabaseTestResource.CACHE_DIR, CONNECTIONS);
    try {
      long pid =
          Long.parseLong(
              Files.readAllLines(folder.resolve("postgresql/postmaster.pid")).get(0).strip());
      return new FaultyDatabase(database, ProcessHandle.of(pid).orElseThrow());
    } catch (IOException e) {
      database.close();
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What points a server at it. */
  Map<String, String> login() {
    return Map.of(
        "roster.database.url", database.jdbcUrl(),
        "roster.database.username", database.username(),
        "roster.database.password", database.password());
  }

  void makeReadOnly() throws SQLException {
    execute("alter system set default_transaction_read_only = on");
    execute("select pg_reload_conf()");
  }

  /** Ends the connections of others and opens as many as there may be. */
  void takeAllConnections() throws SQLException {
    try {
      while (true) {
        taken.add(connect());
        endOthers(taken.get(0));
      }
    } catch (SQLException e) {
      if (!TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private void endOthers(Connection own) throws SQLException {
    try (Statement statement = own.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client"
              + " backend' and application_name <> 'test'");
    }
  }

  /** Stops all of its processes without ending them. */
  void stop() throws IOException, InterruptedException {
    stopped = true;
    signal("STOP");
  }

  /** Kills a process that serves a connection, if there is one. */
  boolean killBackend() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet backend =
            statement.executeQuery(
                "select pid from pg_stat_activity where backend_type = 'client backend'"
                    + " and application_name <> 'test'")) {
      return backend.next()
          && ProcessHandle.of(backend.getLong(1))
              .filter(ProcessHandle::destroyForcibly)
              .isPresent();
    } catch (SQLException e) {
      // It has not recovered from the last one.
      return false;
    }
  }

  /** Ends every failure. */
  void mend() throws IOException, InterruptedException, SQLException {
    if (stopped) {
      signal("CONT");
      stopped = false;
    }
    for (Connection connection : taken) {
      connection.close();
    }
    taken.clear();
    execute("alter system reset default_transaction_read_only");
    execute("select pg_reload_conf()");
  }

  private void signal(String name) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Stream.concat(Stream.of(postmaster), postmaster.descendants())
        .map(process -> Long.toString(process.pid()))
        .forEach(command::add);
    // A process that has ended meanwhile makes it fail.
    new ProcessBuilder(command).start().waitFor();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.username());
    properties.setProperty("password", database.password());
    properties.setProperty("ApplicationName", "test");
    return DriverManager.getConnection(database.jdbcUrl(), properties);
  }

  @Override
  public void close() {
    database.close();
  }
}
