package dev.roster.server.azurepack;

import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The users; those whose deletion has ended well count as gone. */
@Singleton
class UserRepository {

  /** The constraint that keeps names apart. */
  static final String NAME_CONSTRAINT = "pack_user_pkey";

  private static final String COLUMNS =
      """
      u.name, u.email, u.state, u.created_at, u.subscription_count, u.last_error, u.synced_at,
      u.sync_failure, u.deleted_at
      """;

  private static final String GONE =
      "(u.deleted_at <= cast(:now as timestamptz) and u.sync_failure is null)";

  private static final String THERE = " u.space = :space and " + GONE + " is not true ";

  private static final String BY_KEY = THERE + " and u.user_key = :user";

  private static final SpaceSql FIND =
      SpaceSql.of("select " + COLUMNS + " from pack_user u where " + BY_KEY);

  private static final SpaceSql FIND_FOR_UPDATE =
      SpaceSql.of("select " + COLUMNS + " from pack_user u where " + BY_KEY + " for update");

  private static final SpaceSql ADD =
      SpaceSql.of(
          """
          insert into pack_user as u (space, user_key, name, email, email_key, state, created_at,
              subscription_count, last_error, synced_at, sync_failure)
            values (:space, :user, :name, :email, :emailKey, :state, :createdAt,
              :subscriptionCount, :lastError, :syncedAt, :syncFailure)
          """);

  private static final SpaceSql REPLACE =
      SpaceSql.of(
          """
          update pack_user u
            set email = :email, email_key = :emailKey, state = :state, last_error = :lastError,
              synced_at = :syncedAt, sync_failure = :syncFailure, deleted_at = cast(:deletedAt as timestamptz)
            where u.space = :space and u.user_key = :user
          """);

  private static final SpaceSql DELETE =
      SpaceSql.of("delete from pack_user u where u.space = :space and u.user_key = :user");

  private static final SpaceSql DELETE_GONE =
      SpaceSql.of(
          "delete from pack_user u where u.space = :space and u.user_key = :user and " + GONE);

  /** One row at least, so that the numbers come with an empty page as well. */
  private static final String LIST =
      """
      with total as (
        select count(*) as count, count(*) filter (where %1$s) as filtered
          from pack_user u where %2$s),
      page as (
        select u.* from pack_user u where %2$s and %1$s
          order by %3$s, u.user_key limit :take offset :skip)
      select total.count, total.filtered, %4$s
        from total left join page u on true order by %3$s, u.user_key
      """;

  private static final String MEETS_FILTER =
      "(strpos(u.user_key, :filter) > 0 or strpos(u.email_key, :filter) > 0)";

  private final SpaceStatements statements;
  private final Clock clock;

  private record Row(int count, int filtered, Optional<User> user) {}

  @Inject
  UserRepository(SpaceStatements statements, Clock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  Optional<User> find(String name) {
    return statements.selectOne(FIND, key(name), UserRepository::user);
  }

  /** Finds a user and keeps others from changing or deleting it until the transaction ends. */
  Optional<User> findForUpdate(String name) {
    return statements.selectOne(FIND_FOR_UPDATE, key(name), UserRepository::user);
  }

  /** Stores a new user, in place of one of the same name that is gone. */
  void add(User user) {
    statements.update(DELETE_GONE, key(user.name()));
    Map<String, Object> parameters = values(user);
    parameters.put("name", user.name());
    parameters.put("createdAt", user.createdAt());
    parameters.put("subscriptionCount", user.subscriptionCount());
    statements.update(ADD, parameters);
  }

  /** Stores a user that is there already. */
  void replace(User user) {
    Map<String, Object> parameters = values(user);
    parameters.put("deletedAt", user.deletedAt().orElse(null));
    statements.update(REPLACE, parameters);
  }

  void delete(String name) {
    statements.update(DELETE, key(name));
  }

  /** A page of the users that meet a query. */
  Page list(UserQuery query) {
    String filtered = query.filter().isEmpty() ? "true" : MEETS_FILTER;
    String order = query.sortColumn() + (query.descending() ? " desc" : "");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("now", clock.instant());
    parameters.put("filter", query.filter());
    parameters.put("take", (long) query.take());
    parameters.put("skip", (long) query.skip());
    List<Row> rows =
        statements.select(
            SpaceSql.of(LIST.formatted(filtered, THERE, order, COLUMNS)),
            parameters,
            row ->
                new Row(
                    row.getInt("count"),
                    row.getInt("filtered"),
                    row.getString("name") == null ? Optional.empty() : Optional.of(user(row))));
    return new Page(
        rows.stream().flatMap(row -> row.user().stream()).toList(),
        rows.get(0).filtered(),
        rows.get(0).count());
  }

  /** A text as the API compares it. */
  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> key(String name) {
    Map<String, Object> key = new HashMap<>();
    key.put("user", lower(name));
    key.put("now", clock.instant());
    return key;
  }

  private Map<String, Object> values(User user) {
    Map<String, Object> values = key(user.name());
    values.put("email", user.email());
    values.put("emailKey", lower(user.email()));
    values.put("state", user.state().ordinal());
    values.put("lastError", user.lastError().orElse(null));
    values.put("syncedAt", user.syncedAt());
    values.put("syncFailure", user.syncFailure().orElse(null));
    return values;
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getString("name"),
        row.getString("email"),
        UserState.values()[row.getInt("state")],
        time(row, "created_at").orElseThrow(),
        row.getInt("subscription_count"),
        Optional.ofNullable(row.getString("last_error")),
        time(row, "synced_at").orElseThrow(),
        Optional.ofNullable(row.getString("sync_failure")),
        time(row, "deleted_at"));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
