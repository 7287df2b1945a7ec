package dev.roster.server.nimble;

import au.com.dius.pact.provider.junitsupport.State;
import dev.roster.pact.NimbleProviderStates;
import dev.roster.server.auth.Passwords;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import dev.roster.server.http.RequestContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * Makes the states that the pact names, as rows of the real database.
 *
 * <p>Each begins by clearing everything of the array and giving it a new administrator, so that
 * none depends on what was before.
 */
@Singleton
public class NimbleStates {

  private static final Instant CREATED = Instant.ofEpochSecond(1_426_801_551);
  private static final long USER =
      ObjectId.Type.USER.serial(NimbleProviderStates.USER_ID).orElseThrow();

  /** The sessions of users go with them. */
  private static final SpaceSql CLEAR = SpaceSql.of("delete from nimble_user where space = :space");

  private static final SpaceSql ADD_SESSION =
      SpaceSql.of(
          """
          insert into nimble_session (space, serial, token_hash, user_serial, app_name, source_ip,
              created_at, used_at)
            values (:space, :serial, :hash, :user, 'Rotation job', '127.0.0.1', :createdAt, :now)
          """);

  private static final SpaceSql COUNT =
      SpaceSql.of(
          """
          select (select count(*) from nimble_user where space = :space)
            || ' ' || (select count(*) from nimble_session where space = :space) as rows
          """);

  @Inject BuiltInAdministrator builtInAdministrator;
  @Inject UserRepository users;
  @Inject Passwords passwords;
  @Inject RequestContext context;
  @Inject SpaceStatements statements;
  @Inject Clock clock;
  @Inject RosterConfig config;

  /** Clears everything but the administrator. */
  @State(NimbleProviderStates.NO_SESSION)
  public void noSession() {
    make(() -> {});
  }

  /** Logs the administrator in. */
  @State(NimbleProviderStates.ADMINISTRATOR)
  public void administrator() {
    make(() -> addSession(User.ADMINISTRATOR));
  }

  /** Makes the user and logs the administrator in. */
  @State(NimbleProviderStates.USER)
  public void user() {
    make(
        () -> {
          addUser();
          addSession(User.ADMINISTRATOR);
        });
  }

  /** Makes the user, locks it and logs the administrator in. */
  @State(NimbleProviderStates.LOCKED_USER)
  public void lockedUser() {
    make(
        () -> {
          addUser();
          users.noteFailedLogIn(USER, 1);
          addSession(User.ADMINISTRATOR);
        });
  }

  /** Makes the user and logs it in. */
  @State(NimbleProviderStates.USER_LOGGED_IN)
  public void userLoggedIn() {
    make(
        () -> {
          addUser();
          addSession(USER);
        });
  }

  /** Makes the user and logs both in. */
  @State(NimbleProviderStates.BOTH_LOGGED_IN)
  public void bothLoggedIn() {
    make(
        () -> {
          addUser();
          addSession(User.ADMINISTRATOR);
          addSession(NimbleProviderStates.OTHER_SESSION_ID, "of nobody's knowledge", USER);
        });
  }

  /** Logs the administrator in as often as it may be. */
  @State(NimbleProviderStates.ALL_SESSIONS)
  public void allSessions() {
    make(
        () -> {
          for (int i = 0; i < config.nimble().maxSessions(); i++) {
            addSession(
                ObjectId.Type.TOKEN.id(i), "the %d. of them".formatted(i), User.ADMINISTRATOR);
          }
        });
  }

  /** Makes as many users as there may be and logs the administrator in. */
  @State(NimbleProviderStates.FULL)
  public void full() {
    make(
        () -> {
          addSession(User.ADMINISTRATOR);
          for (long i = users.countForCreation(); i < config.nimble().maxUsers(); i++) {
            users.add(definition("user" + i), "");
          }
        });
  }

  /** Tells how many rows there are, for a look at what was made: users and sessions. */
  String rows() {
    return statements.selectOne(COUNT, Map.of(), row -> row.getString("rows")).orElseThrow();
  }

  private void make(Runnable content) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              statements.update(CLEAR, Map.of());
              builtInAdministrator.onStart(new StartupEvent());
              content.run();
            });
  }

  private void addUser() {
    users.addBuiltIn(
        USER,
        definition(NimbleProviderStates.USER_NAME),
        passwords.hash(NimbleProviderStates.USER_PASSWORD, context),
        CREATED);
  }

  private static UserDefinition definition(String name) {
    return new UserDefinition(
        name, NimbleProviderStates.USER_DESCRIPTION, UserRole.GUEST, 0, "", "", false);
  }

  private void addSession(long user) {
    addSession(NimbleProviderStates.SESSION_ID, NimbleProviderStates.SESSION_TOKEN, user);
  }

  private void addSession(String id, String token, long user) {
    statements.update(
        ADD_SESSION,
        Map.of(
            "serial",
            ObjectId.Type.TOKEN.serial(id).orElseThrow(),
            "hash",
            TokenHash.of(token).hex(),
            "user",
            user,
            "createdAt",
            CREATED,
            "now",
            clock.instant()));
  }
}
