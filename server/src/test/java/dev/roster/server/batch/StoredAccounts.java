package dev.roster.server.batch;

import dev.roster.server.batch.BatchWorld.Node;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The tables as they are, read and written past Hibernate and the server's rules. */
@Singleton
class StoredAccounts {

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)", Pattern.DOTALL);

  private static final String OF_NODE =
      " from batch_compute_node_user u where space = ? and pool_key = ? and node_id = ?";

  @Inject DataSource dataSource;

  /** Every column of the accounts of a node, one text an account, in the order of their names. */
  List<String> of(Node node) {
    return ofSpace("default", node);
  }

  /** As {@link #of}, in another space. */
  List<String> ofSpace(String space, Node node) {
    return query(
        "select u::text" + OF_NODE + " order by name_key",
        space,
        Pool.key(node.poolId()),
        node.id());
  }

  /** The names of the accounts of a node, sorted. */
  List<String> names(Node node) {
    return query(
        "select name" + OF_NODE + " order by name collate \"C\"",
        "default",
        Pool.key(node.poolId()),
        node.id());
  }

  /** Every row of every table, as text. */
  List<String> everything() {
    List<String> rows = new ArrayList<>();
    for (String table :
        query("select table_name from information_schema.tables where table_schema = 'public'")) {
      rows.addAll(query("select t::text from public.\"" + table + "\" t"));
    }
    return rows;
  }

  /** The first column of a query's rows. */
  List<String> query(String sql, Object... parameters) {
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
  int execute(String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Does something while another transaction holds what a statement changes; then undoes that. */
  <T> T during(Supplier<T> work, String sql, Object... parameters) {
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

  /** Does something while another transaction holds the accounts of a node. */
  <T> T whileHeld(Node node, Supplier<T> work) {
    return during(
        work, "select 1" + OF_NODE + " for update", "default", Pool.key(node.poolId()), node.id());
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Whether a stored text is the Argon2id hash of exactly this password. */
  static boolean isHashOf(String phc, String password) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new AssertionError("No Argon2id hash: " + phc);
    }
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(Integer.parseInt(parts.group(1)))
            .withIterations(Integer.parseInt(parts.group(2)))
            .withParallelism(Integer.parseInt(parts.group(3)))
            .withSalt(Base64.getDecoder().decode(parts.group(4)))
            .build());
    byte[] stored = Base64.getDecoder().decode(parts.group(5));
    byte[] computed = new byte[stored.length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), computed);
    return MessageDigest.isEqual(stored, computed);
  }
}
