package dev.roster.server.database;

import dev.roster.server.config.RosterConfig;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Reports whether the database accepts writes, within three seconds.
 *
 * <p>Every question opens a connection of its own on a thread of its own, so that requests that
 * hold the pool's connections or the worker threads do not hold up the answer. Callers that ask
 * meanwhile share it.
 */
@Readiness
@Singleton
class DatabaseReadiness implements AsyncHealthCheck {

  private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);

  private static final String NAME = "Database connections health check";
  private static final long PATIENCE_SECONDS = 3;
  private static final String NO_ANSWER = "The database does not answer.";

  private final RosterConfig.Database settings;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "database-readiness");
            thread.setDaemon(true);
            return thread;
          });
  private CompletableFuture<Optional<String>> asking =
      CompletableFuture.completedFuture(Optional.empty());

  @Inject
  DatabaseReadiness(RosterConfig config) {
    this.settings = config.database();
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .completionStage(
            () ->
                ask()
                    .completeOnTimeout(Optional.of(NO_ANSWER), PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .thenApply(DatabaseReadiness::response));
  }

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }

  private static HealthCheckResponse response(Optional<String> fault) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).status(fault.isEmpty());
    fault.ifPresent(reason -> response.withData("reason", reason));
    return response.build();
  }

  /** A copy, because the first caller that loses patience must not end the others' waiting. */
  private synchronized CompletableFuture<Optional<String>> ask() {
    if (asking.isDone()) {
      asking = CompletableFuture.supplyAsync(this::fault, thread);
    }
    return asking.copy();
  }

  private Optional<String> fault() {
    try (Connection connection =
            DriverManager.getConnection(settings.url().orElseThrow(), properties());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_is_in_recovery(), current_setting('transaction_read_only')")) {
      row.next();
      if (row.getBoolean(1)) {
        return Optional.of("The database is in recovery and takes no writes.");
      }
      return row.getString(2).equals("on")
          ? Optional.of("The database is read-only.")
          : Optional.empty();
    } catch (SQLException e) {
      LOG.debugf(e, "The database is not ready");
      return Optional.of(reason(e.getSQLState() == null ? "" : e.getSQLState()));
    }
  }

  /** Not the driver's own text, which names the user and the database. */
  private static String reason(String state) {
    String reason =
        switch (state.length() < 2 ? "" : state.substring(0, 2)) {
          case "08" -> "The database cannot be reached";
          case "28" -> "The database refuses the log-in";
          case "3D" -> "The database does not exist";
          case "53" ->
              state.equals("53300")
                  ? "The database has no connection left"
                  : "The database is out of resources";
          case "57" -> "The database is starting or stopping";
          default -> "The database cannot be used";
        };
    return reason + " (SQLSTATE " + state + ").";
  }

  private Properties properties() {
    Properties properties = new Properties();
    settings.username().ifPresent(name -> properties.setProperty("user", name));
    settings.password().ifPresent(password -> properties.setProperty("password", password));
    String seconds = Long.toString(PATIENCE_SECONDS);
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    return properties;
  }
}
