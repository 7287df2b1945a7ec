package dev.roster.server.database;

import dev.roster.server.http.RequestContext;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.jdbc.PgStatement;

/**
 * Runs single statements on the paths that have to be fast, each a transaction of its own unless
 * {@link Transactions} has begun one.
 *
 * <p>A Hibernate session and a JTA transaction cost several times what such a statement costs, and
 * Hibernate translates queries that it keeps within a space anew each time. Figures:
 * bench/README.md.
 */
@Singleton
public class SpaceStatements {

  private final AgroalDataSource dataSource;
  private final RequestContext context;

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** Reads the row that the result set stands on. */
    T read(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  private interface Execution<T> {
    T execute(PreparedStatement statement) throws SQLException;
  }

  @Inject
  SpaceStatements(AgroalDataSource dataSource, RequestContext context) {
    this.dataSource = dataSource;
    this.context = context;
  }

  /**
   * Runs a statement that changes rows.
   *
   * @param parameters by name, all but the space; values may be null
   * @return how many rows it changed
   */
  public int update(SpaceSql sql, Map<String, Object> parameters) {
    return run(sql, parameters, PreparedStatement::executeUpdate);
  }

  /**
   * Runs a query for at most one row.
   *
   * @param parameters by name, all but the space; values may be null
   */
  public <T> Optional<T> selectOne(
      SpaceSql sql, Map<String, Object> parameters, RowReader<T> reader) {
    return run(
        sql,
        parameters,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
          }
        });
  }

  /**
   * Runs a query for any number of rows.
   *
   * @param parameters by name, all but the space; values may be null
   */
  public <T> List<T> select(SpaceSql sql, Map<String, Object> parameters, RowReader<T> reader) {
    return run(
        sql,
        parameters,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
              read.add(reader.read(rows));
            }
            return read;
          }
        });
  }

  private <T> T run(SpaceSql sql, Map<String, Object> parameters, Execution<T> execution) {
    Duration remaining = context.remaining();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql.text())) {
      if (context.isLimited()) {
        // JDBC's own method takes whole seconds only, and the deadline would come first.
        statement.unwrap(PgStatement.class).setQueryTimeoutMs(Math.max(1, remaining.toMillis()));
      }
      bind(statement, sql.parameters(), parameters);
      return execution.execute(statement);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private void bind(PreparedStatement statement, List<String> names, Map<String, Object> parameters)
      throws SQLException {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Object value = name.equals(SpaceSql.SPACE) ? context.space() : parameters.get(name);
      if (value == null) {
        statement.setNull(i + 1, Types.VARCHAR);
      } else if (value instanceof Instant time) {
        statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  /** A failure of the database; {@link DatabaseFailures} tells what it means. */
  private static final class SqlFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SqlFailure(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
