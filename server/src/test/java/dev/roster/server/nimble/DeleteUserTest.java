package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.ADMIN;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.USERS;
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
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class DeleteUserTest {

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  @Test
  @Covers("nimble.delete-user.deleted")
  void deletedUserIsUnknownAndItsSessionsAreDead() {
    TestUser user = world.newUser();
    TestUser bystander = world.newUser();
    List<TestSession> sessions = List.of(world.logIn(user), world.logIn(user));
    TestSession ofBystander = world.logIn(bystander);

    Answer answer = world.delete(user.path());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{}");
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
    for (Answer after :
        List.of(
            world.get(user.path()),
            world.put(user.path(), "\"description\": \"d\""),
            world.delete(user.path()),
            world.post(user.path() + "/actions/unlock", ""))) {
      assertError(after, 404, "SM_enoent", "id", user.id());
    }
    assertThat(world.get(USERS + "?id=" + user.id()).json().get("totalRows").asInt()).isZero();
    assertThat(world.get(DETAIL + "?name=" + user.name()).json().get("totalRows").asInt()).isZero();
    for (TestSession session : sessions) {
      assertError(world.call(session, "GET", USERS).send(), 401, "SM_auth");
      assertError(world.get(session.path()), 404, "SM_enoent", "id", session.id());
    }
    assertThat(world.call(ofBystander, "GET", bystander.path()).send().status()).isEqualTo(200);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(401);
    assertThat(stored.of(user)).isEmpty();
    assertThat(
            stored.query(
                "select serial::text from nimble_session where user_serial = ?",
                StoredUsers.serial(user.id())))
        .isEmpty();
  }

  @Test
  @Covers("nimble.delete-user.deleted")
  void nameOfADeletedUserIsFreeAndItsIdIsNot() {
    TestUser user = world.newUser("operator");
    TestSession session = world.logIn(user);
    assertThat(world.delete(user.path()).status()).isEqualTo(200);

    TestUser heir = world.newUser(user.name(), "");

    assertThat(heir.id()).isGreaterThan(user.id());
    assertThat(world.user(heir).get("role").asText()).isEqualTo("guest");
    assertThat(world.user(heir).get("logged_in").booleanValue()).isFalse();
    assertThat(world.call(session, "GET", USERS).send().status()).isEqualTo(401);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.delete-user.protected")
  void builtInAdministratorCannotBeDeleted() {
    TestSession other = world.logIn(world.newUser("administrator"));
    TestSession own = world.administrator();
    List<String> before = stored.ofSpace("default", 1);

    for (TestSession session : List.of(own, other)) {
      for (String id : List.of(ADMIN, ADMIN.toUpperCase(Locale.ROOT))) {
        assertError(world.call(session, "DELETE", USERS + "/" + id).send(), 403, "SM_eperm");
      }
    }

    assertThat(stored.ofSpace("default", 1)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.delete-user.protected")
  void administratorsDoNotDeleteThemselves() {
    TestUser administrator = world.newUser("administrator");
    TestSession session = world.logIn(administrator);
    List<String> before = stored.of(administrator);

    assertError(world.call(session, "DELETE", administrator.path()).send(), 403, "SM_eperm");

    assertThat(stored.of(administrator)).isEqualTo(before);
    assertThat(world.call(session, "GET", administrator.path()).send().status()).isEqualTo(200);
    assertThat(world.delete(administrator.path()).status()).isEqualTo(200);
  }

  @Test
  @Covers("nimble.delete-user.deleted")
  void queryParameterIsNotTaken() {
    TestUser user = world.newUser();

    assertError(
        world.delete(user.path() + "?force=true"),
        400,
        "SM_unexpected_query_param",
        "param",
        "force");

    assertThat(stored.of(user)).hasSize(1);
  }
}
