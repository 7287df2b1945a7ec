package dev.roster.server.nimble;

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
import java.util.Map;
import java.util.Optional;

/** The users of the array. */
@Singleton
class UserRepository {

  /** The unique constraint that keeps names apart. */
  static final String NAME_CONSTRAINT = "nimble_user_name";

  private static final String COLUMNS =
      """
      u.serial, u.name, u.description, u.role, u.inactivity_timeout, u.created_at, u.modified_at,
      u.full_name, u.email_address, u.disabled, u.last_login_at, u.last_logout_at,
      exists (select from nimble_session s
        where s.space = u.space and s.user_serial = u.serial and\s"""
          + SessionRepository.ALIVE
          + ") as logged_in";

  private static final String ALL =
      "select " + COLUMNS + " from nimble_user u where u.space = :space";

  private static final SpaceSql LIST = SpaceSql.of(ALL);
  private static final SpaceSql LIST_NAMED = SpaceSql.of(ALL + " and u.name = :name");
  private static final SpaceSql FIND = SpaceSql.of(ALL + " and u.serial = :serial");

  /** Leaves sessions free to refer to the row. */
  private static final SpaceSql FIND_FOR_UPDATE =
      SpaceSql.of(ALL + " and u.serial = :serial for no key update of u");

  private static final SpaceSql FIND_CREDENTIALS =
      SpaceSql.of(
          """
          select u.serial, u.password_hash, u.disabled, u.locked from nimble_user u
            where u.space = :space and u.name = :name
          """);

  private static final SpaceSql FIND_PASSWORD_HASH =
      SpaceSql.of(
          "select u.password_hash from nimble_user u where u.space = :space and u.serial = :serial");

  private static final SpaceSql LOCK_FOR_CREATION =
      SpaceSql.of(
          """
          select u.serial from nimble_user u
            where u.space = :space and u.serial = :administrator for no key update
          """);

  private static final SpaceSql COUNT =
      SpaceSql.of("select count(*) as count from nimble_user u where u.space = :space");

  private static final String INSERT =
      """
      insert into nimble_user as u (space, serial, name, description, role, password_hash,
          inactivity_timeout, created_at, modified_at, full_name, email_address, disabled)
        values (:space, %s, :name, :description, :role, :passwordHash, :inactivityTimeout,
          :createdAt, :createdAt, :fullName, :emailAddress, :disabled)
      """;

  private static final SpaceSql ADD =
      SpaceSql.of(INSERT.formatted("nextval('nimble_user_serial')") + " returning " + COLUMNS);

  private static final SpaceSql ADD_BUILT_IN =
      SpaceSql.of(INSERT.formatted(":serial") + " on conflict do nothing");

  private static final SpaceSql UPDATE =
      SpaceSql.of(
          """
          update nimble_user u
            set name = :name, description = :description, role = :role,
              password_hash = coalesce(:passwordHash, u.password_hash),
              inactivity_timeout = :inactivityTimeout,
              modified_at = greatest(:now, u.modified_at), full_name = :fullName,
              email_address = :emailAddress, disabled = :disabled
            where u.space = :space and u.serial = :serial
            returning\s"""
              + COLUMNS);

  private static final SpaceSql DELETE =
      SpaceSql.of("delete from nimble_user u where u.space = :space and u.serial = :serial");

  private static final SpaceSql UNLOCK =
      SpaceSql.of(
          """
          update nimble_user u set locked = false, failed_log_ins = 0
            where u.space = :space and u.serial = :serial
          """);

  private static final SpaceSql NOTE_FAILED_LOG_IN =
      SpaceSql.of(
          """
          update nimble_user u set failed_log_ins = u.failed_log_ins + 1,
              locked = u.locked or (cast(:allowed as integer) > 0
                and u.serial <> :administrator and u.failed_log_ins + 1 >= :allowed)
            where u.space = :space and u.serial = :serial
          """);

  private static final SpaceSql NOTE_LOG_IN =
      SpaceSql.of(
          """
          update nimble_user u set failed_log_ins = 0, last_login_at = :now, password_hash = :kept
            where u.space = :space and u.serial = :serial and u.password_hash = :passwordHash
              and not u.disabled and not u.locked
          """);

  private static final SpaceSql NOTE_LOG_OUT =
      SpaceSql.of(
          """
          update nimble_user u set last_logout_at = :now
            where u.space = :space and u.serial = :serial
          """);

  private final SpaceStatements statements;
  private final Clock clock;
  private final SessionLife life;

  /** What logging in is checked against. */
  record Credentials(long serial, String passwordHash, boolean mayLogIn) {}

  @Inject
  UserRepository(SpaceStatements statements, Clock clock, SessionLife life) {
    this.statements = statements;
    this.clock = clock;
    this.life = life;
  }

  /**
   * All users, or the one of a name.
   *
   * @param name empty for all
   */
  List<User> list(Optional<String> name) {
    Map<String, Object> parameters = life.parameters();
    name.ifPresent(value -> parameters.put("name", value));
    return statements.select(name.isPresent() ? LIST_NAMED : LIST, parameters, this::user);
  }

  Optional<User> find(long serial) {
    return statements.selectOne(FIND, key(serial), this::user);
  }

  /** Finds a user and keeps others from changing or deleting it until the transaction ends. */
  Optional<User> findForUpdate(long serial) {
    return statements.selectOne(FIND_FOR_UPDATE, key(serial), this::user);
  }

  Optional<Credentials> findCredentials(String name) {
    return statements.selectOne(
        FIND_CREDENTIALS,
        Map.of("name", name),
        row ->
            new Credentials(
                row.getLong("serial"),
                row.getString("password_hash"),
                !row.getBoolean("disabled") && !row.getBoolean("locked")));
  }

  Optional<String> findPasswordHash(long serial) {
    return statements.selectOne(
        FIND_PASSWORD_HASH, Map.of("serial", serial), row -> row.getString("password_hash"));
  }

  /** Counts the users and keeps others from adding any until the transaction ends. */
  long countForCreation() {
    statements.selectOne(
        LOCK_FOR_CREATION, Map.of("administrator", User.ADMINISTRATOR), row -> row.getLong(1));
    return statements.selectOne(COUNT, Map.of(), row -> row.getLong("count")).orElseThrow();
  }

  /** Stores a new user. */
  User add(UserDefinition user, String passwordHash) {
    Map<String, Object> parameters = life.parameters();
    parameters.putAll(values(user, passwordHash));
    parameters.put("createdAt", clock.instant());
    return statements.selectOne(ADD, parameters, this::user).orElseThrow();
  }

  /** Stores a user that has its serial number from elsewhere, unless it is there already. */
  void addBuiltIn(long serial, UserDefinition user, String passwordHash, Instant createdAt) {
    Map<String, Object> parameters = new HashMap<>(values(user, passwordHash));
    parameters.put("serial", serial);
    parameters.put("createdAt", createdAt);
    statements.update(ADD_BUILT_IN, parameters);
  }

  /**
   * Stores a user that is there already, as modified now.
   *
   * @param passwordHash empty to keep the present one
   */
  User update(long serial, UserDefinition user, Optional<String> passwordHash) {
    Map<String, Object> parameters = key(serial);
    parameters.putAll(values(user, passwordHash.orElse(null)));
    return statements.selectOne(UPDATE, parameters, this::user).orElseThrow();
  }

  /** Deletes a user and its sessions. */
  void delete(long serial) {
    statements.update(DELETE, Map.of("serial", serial));
  }

  /**
   * Lets a user log in again.
   *
   * @return whether there is such a user
   */
  boolean unlock(long serial) {
    return statements.update(UNLOCK, Map.of("serial", serial)) > 0;
  }

  /**
   * Counts a failed log-in.
   *
   * @param allowed how many in a row lock the user; 0 for any number
   */
  void noteFailedLogIn(long serial, int allowed) {
    statements.update(
        NOTE_FAILED_LOG_IN,
        Map.of("serial", serial, "allowed", allowed, "administrator", User.ADMINISTRATOR));
  }

  /**
   * Notes a log-in and keeps others from logging in as the same user until the transaction ends.
   *
   * @param passwordHash what the password was checked against
   * @param kept its hash from now on
   * @return whether the user still has that password and may log in
   */
  boolean noteLogIn(long serial, String passwordHash, String kept) {
    return statements.update(
            NOTE_LOG_IN,
            Map.of(
                "serial", serial,
                "passwordHash", passwordHash,
                "kept", kept,
                "now", clock.instant()))
        > 0;
  }

  void noteLogOut(long serial) {
    statements.update(NOTE_LOG_OUT, Map.of("serial", serial, "now", clock.instant()));
  }

  private Map<String, Object> key(long serial) {
    Map<String, Object> key = life.parameters();
    key.put("serial", serial);
    return key;
  }

  private static Map<String, Object> values(UserDefinition user, String passwordHash) {
    Map<String, Object> values = new HashMap<>();
    values.put("name", user.name());
    values.put("description", user.description());
    values.put("role", user.role().wireValue());
    values.put("passwordHash", passwordHash);
    values.put("inactivityTimeout", user.inactivityTimeout());
    values.put("fullName", user.fullName());
    values.put("emailAddress", user.emailAddress());
    values.put("disabled", user.disabled());
    return values;
  }

  private User user(ResultSet row) throws SQLException {
    return new User(
        row.getLong("serial"),
        row.getString("name"),
        row.getString("description"),
        UserRole.of(row.getString("role")).orElseThrow(),
        row.getLong("inactivity_timeout"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("modified_at", OffsetDateTime.class).toInstant(),
        row.getString("full_name"),
        row.getString("email_address"),
        row.getBoolean("disabled"),
        time(row, "last_login_at"),
        time(row, "last_logout_at"),
        row.getBoolean("logged_in"));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
