package dev.roster.server.batch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Removes from stored pools the secrets that former versions stored with them.
 *
 * <p>The table is written to new files afterwards, because a row that has been replaced stays in
 * its file for some time. PostgreSQL's write-ahead log has the old text until its files are used
 * again.
 */
@Singleton
class PoolSecretsMigration implements JavaMigration {

  private static final int ROWS_AT_A_TIME = 100;

  /** Numbers stay as they came. */
  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("6");
  }

  @Override
  public String getDescription() {
    return "drop secrets of pools";
  }

  @Override
  public Integer getChecksum() {
    return null;
  }

  /** PostgreSQL runs VACUUM FULL outside transactions only. */
  @Override
  public boolean canExecuteInTransaction() {
    return false;
  }

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    boolean changed;
    try {
      changed = dropSecrets(connection);
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
    if (changed) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("vacuum full batch_pool");
      }
    }
  }

  private boolean dropSecrets(Connection connection) throws Exception {
    boolean changed = false;
    try (PreparedStatement select =
            connection.prepareStatement("select space, pool_key, definition from batch_pool");
        PreparedStatement update =
            connection.prepareStatement(
                "update batch_pool set definition = ? where space = ? and pool_key = ?")) {
      select.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          JsonNode definition = json.readTree(rows.getString("definition"));
          if (PoolDefinition.SECRETS.dropFrom(definition)) {
            update(update, definition, rows);
            changed = true;
          }
        }
      }
    }
    return changed;
  }

  private void update(PreparedStatement update, JsonNode definition, ResultSet row)
      throws SQLException {
    update.setString(1, definition.toString());
    update.setString(2, row.getString("space"));
    update.setString(3, row.getString("pool_key"));
    update.executeUpdate();
  }
}
