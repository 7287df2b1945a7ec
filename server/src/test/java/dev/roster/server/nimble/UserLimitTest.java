package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(UserLimitTest.SmallLimits.class)
class UserLimitTest {

  private static final int MOST = 5;

  /** At most five users, with five sessions each. */
  public static class SmallLimits implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.nimble.max-users", Integer.toString(MOST),
          "roster.nimble.max-sessions", Integer.toString(MOST));
    }
  }

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  @AfterEach
  void deleteUsers() {
    stored.execute("delete from nimble_user where serial > 3");
  }

  private List<TestUser> fill() {
    List<TestUser> users = new ArrayList<>();
    while (stored.serials().size() < MOST) {
      users.add(world.newUser());
    }
    return users;
  }

  private static String named(String name) {
    return "\"name\": \"%s\", \"password\": \"%s\"".formatted(name, PASSWORD);
  }

  @Test
  @Covers("nimble.create-user.too-many")
  void userBeyondTheConfiguredNumberIsRefused() {
    List<TestUser> users = fill();
    List<String> before = stored.serials();

    assertError(world.post(USERS, named(newName("more"))), 409, "SM_too_many");

    assertThat(stored.serials()).isEqualTo(before);
    assertThat(world.put(users.get(0).path(), "\"description\": \"d\"").status()).isEqualTo(200);
    assertError(
        world.post(USERS, named(users.get(0).name())),
        409,
        "SM_eexist",
        "name",
        users.get(0).name());
    assertThat(world.delete(users.get(0).path()).status()).isEqualTo(200);
    assertThat(world.post(USERS, named(newName("more"))).status()).isEqualTo(201);
    assertError(world.post(USERS, named(newName("more"))), 409, "SM_too_many");
  }

  @Test
  @Covers("nimble.create-user.too-many")
  void concurrentCreationsDoNotExceedTheNumber() {
    List<TestUser> users = fill();
    assertThat(world.delete(users.get(0).path()).status()).isEqualTo(200);
    assertThat(world.delete(users.get(1).path()).status()).isEqualTo(200);
    TestSession session = world.administrator();

    List<Answer> answers =
        Together.send(
            IntStream.range(0, 16)
                .mapToObj(i -> world.call(session, "POST", USERS, data(named(newName("more")))))
                .toList());

    assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(2);
    answers.stream()
        .filter(answer -> answer.status() == 409)
        .forEach(answer -> assertError(answer, 409, "SM_too_many"));
    assertThat(stored.serials()).hasSize(MOST);
  }

  @Test
  @Covers("nimble.create-user.too-many")
  void usersOfAnotherSpaceDoNotCount() {
    List<TestUser> users = fill();
    assertThat(world.delete(users.get(0).path()).status()).isEqualTo(200);
    stored.execute(
        """
        insert into nimble_user (space, serial, name, description, role, password_hash,
            inactivity_timeout, created_at, modified_at, full_name, email_address, disabled)
          select 'other', i, 'other' || i, '', 'guest', '', 0, now(), now(), '', '', false
            from generate_series(4, 13) i
        """);

    assertThat(world.post(USERS, named(newName("more"))).status()).isEqualTo(201);
    assertError(world.post(USERS, named(newName("more"))), 409, "SM_too_many");
  }

  @Test
  void sessionsOfAnotherSpaceDoNotCount() {
    TestUser user = world.newUser();
    long serial = StoredUsers.serial(user.id());
    stored.execute(
        """
        insert into nimble_user (space, serial, name, description, role, password_hash,
            inactivity_timeout, created_at, modified_at, full_name, email_address, disabled)
          values ('other', ?, 'other', '', 'guest', '', 0, now(), now(), '', '', false)
        """,
        serial);
    stored.execute(
        """
        insert into nimble_session (space, token_hash, user_serial, app_name, source_ip,
            created_at, used_at)
          select 'other', 'hash' || i, ?, '', '', now(), now() from generate_series(1, 5) i
        """,
        serial);

    for (int i = 0; i < MOST; i++) {
      assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
    }
    assertError(world.tryToLogIn(user.name(), PASSWORD), 409, "SM_err_max_sessions_reached");
  }
}
