package dev.roster.testing;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The tables as they are, read and written past Hibernate and the server's rules. */
public abstract class StoredRows {

  @Inject DataSource dataSource;

  /** Every row of every table, as text. */
  public List<String> everything() {
    List<String> rows = new ArrayList<>();
    for (String table :
        query("select table_name from information_schema.tables where table_schema = 'public'")) {
      rows.addAll(query("select t::text from public.\"" + table + "\" t"));
    }
    return rows;
  }

  /** The first column of a query's rows. */
  public List<String> query(String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Runs a statement and gives the number of rows that it changed. */
  public int execute(String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Does something while another transaction holds what a statement changes; then undoes that. */
  public <T> T during(Supplier<T> work, String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = prepare(connection, sql, parameters)) {
        statement.execute();
        return work.get();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
