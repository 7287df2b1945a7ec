package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static dev.roster.server.nimble.NimbleWorld.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of each role may do, to others and to themselves. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class PermissionMatrixTest {

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  private static String creation(String name) {
    return data("\"name\": \"%s\", \"password\": \"%s\"".formatted(name, PASSWORD));
  }

  private Answer as(TestSession session, String method, String target, String members) {
    return world.call(session, method, target, data(members)).send();
  }

  @ParameterizedTest
  @ValueSource(strings = {"administrator", "poweruser", "operator", "guest"})
  @Covers("nimble.list-users.everyone")
  void everyRoleReadsUsers(String role) {
    TestSession session = world.logIn(world.newUser(role));
    TestUser other = world.newUser("administrator");
    String named = "?name=" + other.name();
    String criterion =
        "{\"fieldName\": \"name\", \"operator\": \"equals\", \"value\": \"%s\"}"
            .formatted(other.name());

    for (Answer list :
        List.of(
            world.call(session, "GET", USERS + named).send(),
            world.call(session, "GET", DETAIL + named).send(),
            world.call(session, "POST", USERS, query(criterion)).send(),
            world.call(session, "POST", DETAIL, query(criterion)).send())) {
      assertThat(list.status()).as(list.text()).isEqualTo(200);
      assertThat(NimbleWorld.values(list, "id")).containsExactly(other.id());
    }
    Answer read = world.call(session, "GET", other.path()).send();
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json().get("data")).isEqualTo(world.user(other));
  }

  @Test
  @Covers({
    "nimble.create-user.administrators-only",
    "nimble.delete-user.administrators-only",
    "nimble.unlock-user.administrators-only",
    "nimble.update-user.others-denied"
  })
  void administratorsManageUsers() {
    TestSession session = world.logIn(world.newUser("administrator"));
    String name = newName("user");

    Answer created = world.call(session, "POST", USERS, creation(name)).send();
    assertThat(created.status()).isEqualTo(201);
    TestUser user = new TestUser(created.json().at("/data/id").asText(), name);
    assertThat(
            as(
                    session,
                    "PUT",
                    user.path(),
                    """
                    "description": "d", "full_name": "F", "email_addr": "a@b", "role": "operator",
                    "inactivity_timeout": 60, "disabled": true, "name": "%sb",
                    "password": "password-92", "auth_password": "password-91"
                    """
                        .formatted(name))
                .status())
        .isEqualTo(200);
    assertThat(world.user(user).get("role").asText()).isEqualTo("operator");
    assertThat(as(session, "POST", user.path() + "/actions/unlock", "").status()).isEqualTo(200);
    assertThat(world.call(session, "DELETE", user.path()).send().status()).isEqualTo(200);
    assertThat(stored.of(user)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"poweruser", "operator", "guest"})
  @Covers({"nimble.create-user.administrators-only", "nimble.common.role-denied"})
  void othersCreateNoUsers(String role) {
    TestSession session = world.logIn(world.newUser(role));
    List<String> before = stored.serials();

    assertError(
        world.call(session, "POST", USERS, creation(newName("user"))).send(), 403, "SM_eperm");

    assertThat(stored.serials()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"poweruser", "operator", "guest"})
  @Covers({"nimble.delete-user.administrators-only", "nimble.common.role-denied"})
  void othersDeleteNoUsers(String role) {
    TestUser user = world.newUser(role);
    TestSession session = world.logIn(user);
    TestUser other = world.newUser();
    List<String> before = stored.of(other);
    List<String> own = stored.of(user);

    for (String path : List.of(other.path(), user.path(), USERS + "/" + NimbleWorld.NOBODY)) {
      assertError(world.call(session, "DELETE", path).send(), 403, "SM_eperm");
    }

    assertThat(stored.of(other)).isEqualTo(before);
    assertThat(stored.of(user)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"poweruser", "operator", "guest"})
  @Covers({"nimble.unlock-user.administrators-only", "nimble.common.role-denied"})
  void othersUnlockNoUsers(String role) {
    TestUser user = world.newUser(role);
    TestSession session = world.logIn(user);
    TestUser locked = world.newUser();
    for (int i = 0; i < 5; i++) {
      world.tryToLogIn(locked.name(), "wrong");
    }
    List<String> before = stored.of(locked);

    for (String path : List.of(locked.path(), user.path())) {
      assertError(as(session, "POST", path + "/actions/unlock", ""), 403, "SM_eperm");
      assertError(world.call(session, "POST", path + "/actions/unlock").send(), 403, "SM_eperm");
    }

    assertThat(stored.of(locked)).isEqualTo(before);
    assertThat(world.tryToLogIn(locked.name(), PASSWORD).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"poweruser", "operator", "guest"})
  @Covers({"nimble.update-user.others-denied", "nimble.common.role-denied"})
  void othersChangeNobodyElse(String role) {
    TestSession session = world.logIn(world.newUser(role));
    TestUser other = world.newUser();
    List<String> before = stored.of(other);

    for (String members :
        List.of(
            "",
            "\"description\": \"lost\"",
            "\"full_name\": \"Lost\"",
            "\"email_addr\": \"lost@x\"",
            "\"password\": \"password-92\", \"auth_password\": \"password-91\"",
            "\"auth_password\": \"password-91\"",
            "\"name\": \"lost\"",
            "\"role\": \"administrator\"",
            "\"disabled\": true",
            "\"inactivity_timeout\": 1")) {
      assertError(as(session, "PUT", other.path(), members), 403, "SM_eperm");
      assertError(as(session, "PUT", USERS + "/" + NimbleWorld.NOBODY, members), 403, "SM_eperm");
    }

    assertThat(stored.of(other)).isEqualTo(before);
    assertThat(world.tryToLogIn(other.name(), PASSWORD).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"administrator", "poweruser", "operator", "guest"})
  @Covers("nimble.update-user.self-allowed")
  void everyRoleChangesOwnPasswordAndTexts(String role) {
    TestUser user = world.newUser(role);
    TestSession session = world.logIn(user);

    for (String member : List.of("description", "full_name", "email_addr")) {
      String value = member.equals("email_addr") ? "me@example.com" : "Mine";
      Answer answer = as(session, "PUT", user.path(), "\"%s\": \"%s\"".formatted(member, value));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(world.user(user).get(member).asText()).isEqualTo(value);
    }
    assertThat(as(session, "PUT", user.path(), "").status()).isEqualTo(200);
    assertThat(
            as(
                    session,
                    "PUT",
                    user.path(),
                    """
                    "password": "password-92", "auth_password": "password-91",
                    "description": "all", "full_name": "At Once", "email_addr": ""
                    """)
                .status())
        .isEqualTo(200);
    assertThat(world.user(user).get("full_name").asText()).isEqualTo("At Once");
    assertThat(world.tryToLogIn(user.name(), "password-92").status()).isEqualTo(201);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\"name\": \"lost\"",
        "\"name\": \"OWN\"",
        "\"role\": \"administrator\"",
        "\"role\": \"ROLE\"",
        "\"disabled\": true",
        "\"disabled\": false",
        "\"inactivity_timeout\": 60",
        "\"inactivity_timeout\": 0"
      })
  @Covers({"nimble.update-user.self-denied", "nimble.common.role-denied"})
  void othersDoNotNameWhatAdministratorsDecide(String member) {
    for (String role : List.of("poweruser", "operator", "guest")) {
      TestUser user = world.newUser(role);
      TestSession session = world.logIn(user);
      List<String> before = stored.of(user);

      assertError(
          as(
              session,
              "PUT",
              user.path(),
              "\"description\": \"lost\", "
                  + member.replace("OWN", user.name()).replace("ROLE", role)),
          403,
          "SM_eperm");

      assertThat(stored.of(user)).isEqualTo(before);
      assertThat(world.call(session, "GET", user.path()).send().status()).isEqualTo(200);
    }
  }

  @Test
  @Covers("nimble.update-user.self-protected")
  void administratorsChangeTheirOwnNameAndTimeoutButNotRoleAndDisabled() {
    TestUser administrator = world.newUser("administrator");
    TestSession session = world.logIn(administrator);
    String renamed = newName("boss");

    assertThat(
            as(
                    session,
                    "PUT",
                    administrator.path(),
                    "\"name\": \"%s\", \"inactivity_timeout\": 60".formatted(renamed))
                .status())
        .isEqualTo(200);
    assertThat(world.user(administrator).get("name").asText()).isEqualTo(renamed);
    assertThat(world.user(administrator).get("inactivity_timeout").asLong()).isEqualTo(60);
    List<String> before = stored.of(administrator);
    for (String member : List.of("\"role\": \"poweruser\"", "\"disabled\": true")) {
      assertError(as(session, "PUT", administrator.path(), member), 403, "SM_eperm");
    }
    assertThat(stored.of(administrator)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.common.role-at-once")
  void changedRoleHoldsFromTheNextRequestOn() {
    TestUser user = world.newUser("guest");
    TestSession session = world.logIn(user);
    TestUser other = world.newUser();
    String change = "\"description\": \"%s\"";
    assertError(as(session, "PUT", other.path(), change.formatted("1")), 403, "SM_eperm");

    assertThat(world.put(user.path(), "\"role\": \"administrator\"").status()).isEqualTo(200);
    assertThat(as(session, "PUT", other.path(), change.formatted("2")).status()).isEqualTo(200);

    assertThat(world.put(user.path(), "\"role\": \"operator\"").status()).isEqualTo(200);
    assertError(as(session, "PUT", other.path(), change.formatted("3")), 403, "SM_eperm");
    assertError(world.call(session, "DELETE", other.path()).send(), 403, "SM_eperm");
    assertThat(world.user(other).get("description").asText()).isEqualTo("2");
  }
}
