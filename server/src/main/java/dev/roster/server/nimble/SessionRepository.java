package dev.roster.server.nimble;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions; those without a request for their user's time-out count as gone. */
@Singleton
class SessionRepository {

  private static final String TIMEOUT =
      "coalesce(nullif(u.inactivity_timeout, 0), cast(:groupTimeout as bigint))";

  /** Whether a session {@code s} of a user {@code u} lives, by {@code :now}. */
  static final String ALIVE =
      "s.used_at > cast(:now as timestamptz) - make_interval(secs => "
          + TIMEOUT
          + ") and s.created_at > cast(:openedAfter as timestamptz)";

  private static final String ALL =
      """
      select s.serial, s.token_hash, s.app_name, s.source_ip, s.created_at, s.used_at,
          s.user_serial, u.name, u.role, %s as timeout
        from nimble_session s
        join nimble_user u on u.space = s.space and u.serial = s.user_serial
        where s.space = :space and not u.disabled and %s
      """
          .formatted(TIMEOUT, ALIVE);

  private static final SpaceSql LIST = SpaceSql.of(ALL);
  private static final SpaceSql LIST_OF_USER = SpaceSql.of(ALL + " and s.user_serial = :user");
  private static final SpaceSql FIND = SpaceSql.of(ALL + " and s.serial = :serial");
  private static final SpaceSql FIND_BY_TOKEN = SpaceSql.of(ALL + " and s.token_hash = :hash");

  private static final SpaceSql ADD =
      SpaceSql.of(
          """
          insert into nimble_session
              (space, token_hash, user_serial, app_name, source_ip, created_at, used_at)
            select :space, :hash, :user, :appName, :sourceIp, cast(:now as timestamptz), :now
              where (select count(*) from nimble_session s
                where s.space = :space and s.user_serial = :user) < :most
          """);

  private static final SpaceSql RENEW =
      SpaceSql.of(
          """
          update nimble_session s set used_at = :now
            where s.space = :space and s.serial = :serial and s.used_at < :now
          """);

  private static final SpaceSql DELETE =
      SpaceSql.of("delete from nimble_session s where s.space = :space and s.serial = :serial");

  private static final SpaceSql DELETE_OF_USER =
      SpaceSql.of(
          """
          delete from nimble_session s
            where s.space = :space and s.user_serial = :user and s.serial <> :kept
          """);

  private static final SpaceSql DELETE_DEAD =
      SpaceSql.of(
          """
          delete from nimble_session s using nimble_user u
            where s.space = :space and s.user_serial = :user
              and u.space = s.space and u.serial = s.user_serial and not (\s"""
              + ALIVE
              + ")");

  /** No session has it. */
  private static final long NONE = 0;

  private final SpaceStatements statements;
  private final Clock clock;
  private final SessionLife life;
  private final RosterConfig.Nimble settings;

  @Inject
  SessionRepository(
      SpaceStatements statements, Clock clock, SessionLife life, RosterConfig config) {
    this.life = life;
    this.statements = statements;
    this.clock = clock;
    this.settings = config.nimble();
  }

  /** All sessions. */
  List<Session> list() {
    return statements.select(LIST, life.parameters(), SessionRepository::session);
  }

  /** The sessions of one user. */
  List<Session> listOfUser(long userSerial) {
    Map<String, Object> parameters = life.parameters();
    parameters.put("user", userSerial);
    return statements.select(LIST_OF_USER, parameters, SessionRepository::session);
  }

  Optional<Session> find(long serial) {
    Map<String, Object> parameters = life.parameters();
    parameters.put("serial", serial);
    return statements.selectOne(FIND, parameters, SessionRepository::session);
  }

  Optional<Session> find(TokenHash hash) {
    Map<String, Object> parameters = life.parameters();
    parameters.put("hash", hash.hex());
    return statements.selectOne(FIND_BY_TOKEN, parameters, SessionRepository::session);
  }

  /**
   * Stores a new session, in place of those of its user that are dead.
   *
   * @return whether the user may have one more
   */
  boolean add(TokenHash hash, long userSerial, String appName, String sourceIp) {
    Map<String, Object> parameters = life.parameters();
    parameters.put("user", userSerial);
    statements.update(DELETE_DEAD, parameters);
    parameters.put("hash", hash.hex());
    parameters.put("appName", appName);
    parameters.put("sourceIp", sourceIp);
    parameters.put("most", settings.maxSessions());
    return statements.update(ADD, parameters) > 0;
  }

  /** Gives a session the whole time anew. */
  void renew(long serial) {
    statements.update(RENEW, Map.of("serial", serial, "now", clock.instant()));
  }

  /**
   * Ends a session.
   *
   * @return whether it was there
   */
  boolean delete(long serial) {
    return statements.update(DELETE, Map.of("serial", serial)) > 0;
  }

  /** Ends all sessions of a user. */
  void deleteOfUser(long userSerial) {
    deleteOfUser(userSerial, NONE);
  }

  /** Ends all sessions of a user but one. */
  void deleteOfUser(long userSerial, long kept) {
    statements.update(DELETE_OF_USER, Map.of("user", userSerial, "kept", kept));
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getLong("serial"),
        new TokenHash(row.getString("token_hash")),
        row.getString("app_name"),
        row.getString("source_ip"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("used_at", OffsetDateTime.class).toInstant(),
        row.getLong("user_serial"),
        row.getString("name"),
        UserRole.of(row.getString("role")).orElseThrow(),
        row.getLong("timeout"));
  }
}
