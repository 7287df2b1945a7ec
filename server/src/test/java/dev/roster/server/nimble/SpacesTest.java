package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of another space, which have the same keys, are neither seen nor touched. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SpacesTest {

  private static final String SESSION_COLUMNS =
      "serial, token_hash, user_serial, app_name, source_ip, created_at, used_at";
  private static final String USER_COLUMNS =
      "serial, name, description, role, password_hash, inactivity_timeout, created_at,"
          + " modified_at, full_name, email_address, disabled, last_login_at, last_logout_at,"
          + " failed_log_ins, locked";

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void forgetTheOtherSpace() {
    clock.reset();
    stored.execute("delete from nimble_user where space = 'other'");
  }

  /** Copies a user with its sessions. */
  private void copyToOtherSpace(TestUser user) {
    copyToOtherSpace(StoredUsers.serial(user.id()));
  }

  private void copyToOtherSpace(long serial) {
    copy("nimble_user", USER_COLUMNS, "serial", serial);
    copy("nimble_session", SESSION_COLUMNS, "user_serial", serial);
  }

  private void copy(String table, String columns, String key, long serial) {
    stored.execute(
        "insert into %1$s (space, %2$s) select 'other', %2$s from %1$s where space = 'default' and %3$s = ?"
            .formatted(table, columns, key),
        serial);
  }

  /** Takes a user away, and leaves the copy behind. */
  private void deleteOwn(TestUser user) {
    assertThat(
            stored.execute(
                "delete from nimble_user where space = 'default' and serial = ?",
                StoredUsers.serial(user.id())))
        .isEqualTo(1);
  }

  private List<String> other() {
    return stored.query(
        "select t::text from nimble_user t where space = 'other'"
            + " union all select t::text from nimble_session t where space = 'other' order by 1");
  }

  private int rowsOf(String target) {
    return world.get(target).json().get("totalRows").asInt();
  }

  @Test
  void columnsOfTheCopiesAreAllThereAre() {
    assertThat(columns("nimble_user"))
        .containsExactlyInAnyOrder(("space, " + USER_COLUMNS).split(", "));
    assertThat(columns("nimble_session"))
        .containsExactlyInAnyOrder(("space, " + SESSION_COLUMNS).split(", "));
  }

  private List<String> columns(String table) {
    return stored.query(
        "select column_name::text from information_schema.columns where table_name = ?", table);
  }

  @Test
  void userAndSessionsOfAnotherSpaceDoNotExist() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    copyToOtherSpace(user);
    List<String> before = other();
    assertThat(before).hasSize(2);
    deleteOwn(user);

    for (Answer answer :
        List.of(
            world.get(user.path()),
            world.put(user.path(), "\"description\": \"d\""),
            world.put(user.path(), "\"password\": \"password-92\", \"auth_password\": \"admin\""),
            world.delete(user.path()),
            world.post(user.path() + "/actions/unlock", ""))) {
      assertError(answer, 404, "SM_enoent", "id", user.id());
    }
    assertThat(rowsOf(USERS + "?name=" + user.name())).isZero();
    assertThat(rowsOf(DETAIL + "?id=" + user.id())).isZero();
    assertThat(rowsOf(DETAIL + "?search_name=%20(" + user.name() + ")")).isZero();
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(401);
    assertThat(world.tryToLogIn(user.name(), "wrong").status()).isEqualTo(401);
    assertError(world.call(session, "GET", USERS).send(), 401, "SM_auth");
    for (Answer answer :
        List.of(
            world.get(session.path()),
            world.delete(session.path()),
            world.post(session.path() + "/actions/report_user_details", ""))) {
      assertError(answer, 404, "SM_enoent", "id", session.id());
    }
    assertThat(rowsOf(TOKENS + "?id=" + session.id())).isZero();
    assertThat(rowsOf(TOKENS + "?username=" + user.name())).isZero();
    assertThat(rowsOf(TOKENS + "/detail?session_token=" + session.token())).isZero();
    assertThat(other()).isEqualTo(before);

    // The name is free here.
    TestUser heir = world.newUser(user.name(), "");
    assertThat(world.user(heir).get("logged_in").booleanValue()).isFalse();
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
    assertThat(other()).isEqualTo(before);
  }

  @Test
  void everyWriteChangesOwnRowsOnly() {
    TestUser user = world.newUser();
    TestSession first = world.logIn(user);
    TestSession second = world.logIn(user);
    copyToOtherSpace(user);
    // What logging in and unlocking would set back.
    stored.execute("update nimble_user set failed_log_ins = 3 where space = 'other'");
    List<String> before = other();
    assertThat(before).hasSize(3);
    world.logIn(user);
    assertThat(other()).isEqualTo(before);

    clock.advance(Duration.ofSeconds(10));
    assertThat(world.call(first, "GET", user.path()).send().status()).isEqualTo(200);
    assertThat(
            world
                .put(
                    user.path(),
                    """
                    "name": "%s", "description": "d", "role": "operator", "full_name": "F",
                    "email_addr": "a@b", "inactivity_timeout": 900, "password": "password-92",
                    "auth_password": "admin"
                    """
                        .formatted(newName("user")))
                .status())
        .isEqualTo(200);
    String name = world.user(user).get("name").asText();
    for (int i = 0; i < 5; i++) {
      assertThat(world.tryToLogIn(name, "wrong").status()).isEqualTo(401);
    }
    assertThat(world.post(user.path() + "/actions/unlock", "").status()).isEqualTo(200);
    assertThat(world.tryToLogIn(name, "password-92").status()).isEqualTo(201);
    assertThat(world.call(second, "DELETE", second.path()).send().status()).isEqualTo(200);
    assertThat(other()).isEqualTo(before);
    clock.advance(Duration.ofHours(1));
    // Takes the place of the sessions that are dead by now.
    assertThat(world.tryToLogIn(name, "password-92").status()).isEqualTo(201);
    assertThat(other()).isEqualTo(before);
    assertThat(world.put(user.path(), "\"disabled\": true").status()).isEqualTo(200);
    assertThat(world.delete(user.path()).status()).isEqualTo(200);
    assertThat(stored.of(user)).isEmpty();
    assertThat(other()).isEqualTo(before);
  }

  @Test
  void readsTellOwnValuesOnly() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    List<String> paths =
        List.of(
            user.path(),
            USERS + "?name=" + user.name(),
            DETAIL + "?id=" + user.id(),
            DETAIL + "?search_name=%20(" + user.name() + ")",
            session.path(),
            TOKENS + "?username=" + user.name(),
            TOKENS + "/detail?id=" + session.id());
    List<String> answers = paths.stream().map(path -> world.get(path).text()).toList();
    copyToOtherSpace(user);
    long serial = StoredUsers.serial(user.id());
    assertThat(
            stored.execute(
                "update nimble_user set description = 'elsewhere', full_name = 'elsewhere',"
                    + " role = 'administrator', password_hash = 'elsewhere', disabled = true,"
                    + " inactivity_timeout = 1, last_login_at = null, locked = true"
                    + " where space = 'other' and serial = ?",
                serial))
        .isEqualTo(1);
    assertThat(
            stored.execute(
                "update nimble_session set app_name = 'elsewhere', source_ip = 'elsewhere'"
                    + " where space = 'other' and user_serial = ?",
                serial))
        .isEqualTo(1);

    assertThat(paths.stream().map(path -> world.get(path).text()).toList()).isEqualTo(answers);
    assertError(
        world.call(session, "DELETE", USERS + "/" + NimbleWorld.NOBODY).send(), 403, "SM_eperm");
    assertThat(
            world
                .call(
                    session,
                    "PUT",
                    user.path(),
                    data("\"password\": \"password-92\", \"auth_password\": \"password-91\""))
                .send()
                .status())
        .isEqualTo(200);
    assertThat(world.tryToLogIn(user.name(), "password-92").status()).isEqualTo(201);
  }

  @Test
  void sessionOfAnotherSpaceMakesNobodyLoggedIn() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    copyToOtherSpace(user);
    assertThat(world.call(session, "DELETE", session.path()).send().status()).isEqualTo(200);

    JsonNode read = world.user(user);

    assertThat(read.get("logged_in").booleanValue()).isFalse();
    assertThat(other()).hasSize(2);
    assertThat(rowsOf(TOKENS + "?username=" + user.name())).isZero();
    assertThat(world.call(world.logIn(user), "GET", TOKENS).send().json().get("totalRows").asInt())
        .isEqualTo(1);
  }

  @Test
  void lockedRowsOfAnotherSpaceHoldUpNobody() {
    TestUser user = world.newUser();
    copyToOtherSpace(user);
    copyToOtherSpace(User.ADMINISTRATOR);

    stored.during(
        () -> {
          assertThat(world.put(user.path(), "\"description\": \"d\"").status()).isEqualTo(200);
          world.newUser();
          assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
          return world.delete(user.path());
        },
        "select from nimble_user where space = 'other' for update");

    assertThat(stored.of(user)).isEmpty();
  }
}
