package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertCode;
import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class CreateUserTest {

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static String named(String name) {
    return "\"name\": \"%s\", \"password\": \"%s\"".formatted(name, PASSWORD);
  }

  @Test
  @Covers("nimble.create-user.created")
  void newUserIsAnsweredWholeAndCanLogIn() {
    String name = newName("ann");
    long now = clock.stop().getEpochSecond();

    Answer answer =
        world.post(
            USERS,
            named(name)
                + """
                , "description": "Runs the nightly backup", "role": "operator",
                "inactivity_timeout": 900, "full_name": "Ann O'Hara-Smith 2",
                "email_addr": "Ann@Example.com", "disabled": false
                """);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("data");
    JsonNode user = answer.json().get("data");
    String id = user.get("id").asText();
    ObjectNode expected =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("name", name)
            .put("search_name", "Ann O'Hara-Smith 2 (" + name + ")")
            .put("description", "Runs the nightly backup")
            .put("role_id", "1500000000000004d3000000000000000000000003")
            .put("role", "operator")
            .put("inactivity_timeout", 900)
            .put("creation_time", (int) now)
            .put("last_modified", (int) now)
            .put("full_name", "Ann O'Hara-Smith 2")
            .put("email_addr", "Ann@Example.com")
            .put("disabled", false)
            .put("last_login", 0)
            .put("last_logout", 0)
            .put("logged_in", false);
    assertThat(user).isEqualTo(expected);
    assertThat(world.get(USERS + "/" + id).json()).isEqualTo(answer.json());
    assertThat(answer.text()).doesNotContain(PASSWORD, "password", "argon2");
    assertThat(world.tryToLogIn(name, PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.create-user.created")
  void disabledUserIsCreatedAndCannotLogIn() {
    TestUser user = world.newUser(newName("ann"), "\"disabled\": true");

    assertThat(world.user(user).get("disabled").booleanValue()).isTrue();
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(401);
    assertThat(world.put(user.path(), "\"disabled\": false").status()).isEqualTo(200);
    assertThat(world.tryToLogIn(user.name(), PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.create-user.defaults")
  void absentMembersGetTheirDefaults() {
    String name = newName("ann");

    Answer answer = world.post(USERS, named(name));

    assertThat(answer.status()).isEqualTo(201);
    JsonNode user = answer.json().get("data");
    assertThat(user.get("role").textValue()).isEqualTo("guest");
    assertThat(user.get("role_id").textValue())
        .isEqualTo("1500000000000004d3000000000000000000000004");
    assertThat(user.get("description").textValue()).isEmpty();
    assertThat(user.get("full_name").textValue()).isEmpty();
    assertThat(user.get("email_addr").textValue()).isEmpty();
    assertThat(user.get("search_name").textValue()).isEqualTo(" (" + name + ")");
    assertThat(user.get("inactivity_timeout").numberValue()).isEqualTo(0);
    assertThat(user.get("disabled").isBoolean()).isTrue();
    assertThat(user.get("disabled").booleanValue()).isFalse();
    assertThat(world.get(USERS + "/" + user.get("id").asText()).json()).isEqualTo(answer.json());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"password\": \"password-91\"', name",
    "'\"name\": \"nobodyx\"', password",
    "'\"role\": \"guest\"', name",
    "'', name"
  })
  @Covers("nimble.create-user.missing")
  void nameAndPasswordHaveToBeThere(String data, String missing) {
    List<String> before = stored.serials();

    assertError(world.post(USERS, data), 400, "SM_missing_arg", "arg", missing);

    assertThat(stored.serials()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "administrator, 1500000000000004d3000000000000000000000001",
    "poweruser, 1500000000000004d3000000000000000000000002",
    "operator, 1500000000000004d3000000000000000000000003",
    "guest, 1500000000000004d3000000000000000000000004"
  })
  @Covers("nimble.create-user.role")
  void roleBringsItsId(String role, String roleId) {
    JsonNode user = world.user(world.newUser(role));

    assertThat(user.get("role").textValue()).isEqualTo(role);
    assertThat(user.get("role_id").textValue()).isEqualTo(roleId);
  }

  @Test
  @Covers("nimble.create-user.name-taken")
  void nameOfAnotherUserIsTaken() {
    TestUser user = world.newUser();
    List<String> row = stored.of(user);
    List<String> before = stored.serials();

    for (String name : List.of(user.name(), "admin")) {
      Answer answer = world.post(USERS, named(name) + ", \"description\": \"second\"");

      assertError(answer, 409, "SM_eexist", "name", name);
      assertThat(answer.json().at("/messages/1/text").asText()).contains("Object exists");
    }
    assertThat(stored.serials()).isEqualTo(before);
    assertThat(stored.of(user)).isEqualTo(row);
  }

  @Test
  @Covers("nimble.create-user.name-taken")
  void caseOfANameCounts() {
    TestUser lower = world.newUser(newName("ann"), "\"description\": \"lower\"");
    String other = "ANN" + lower.name().substring(3);

    TestUser upper = world.newUser(other, "\"description\": \"upper\"");

    assertThat(upper.id()).isNotEqualTo(lower.id());
    assertThat(world.user(upper).get("name").asText()).isEqualTo(other);
    assertThat(world.user(lower).get("description").asText()).isEqualTo("lower");
    Answer session = world.tryToLogIn(other, PASSWORD);
    assertThat(session.json().at("/data/username").asText()).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root", "bin", "daemon", "nobody", "sshd", "sys", "system", "ROOT", "Root", "SysTem"
      })
  @Covers("nimble.create-user.name-reserved")
  void nameOfTheSystemIsReserved(String name) {
    List<String> before = stored.serials();

    assertError(
        world.post(USERS, named(name)), 400, "SM_reserved_username", "arg", "name", "value", name);

    assertThat(stored.serials()).isEqualTo(before);
  }

  @Test
  @Covers("nimble.create-user.name-reserved")
  void nameThatOnlyBeginsLikeOneOfTheSystemIsFree() {
    assertThat(world.post(USERS, named(newName("root"))).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "auth_password",
        "search_name",
        "role_id",
        "creation_time",
        "last_modified",
        "last_login",
        "last_logout",
        "logged_in",
        "auth_lock",
        "Name",
        ""
      })
  @Covers("nimble.common.unexpected-arg")
  void memberThatIsNotTakenIsNamed(String member) {
    List<String> before = stored.serials();

    assertError(
        world.post(USERS, named(newName("ann")) + ", \"%s\": \"x\"".formatted(member)),
        400,
        "SM_unexpected_arg",
        "arg",
        member);

    assertThat(stored.serials()).isEqualTo(before);
  }

  @Test
  @Covers("nimble.common.unexpected-arg")
  void unexpectedMemberIsFoundBeforeOtherFaults() {
    assertError(
        world.post(USERS, "\"role\": \"none\", \"otp_type\": null"),
        400,
        "SM_unexpected_arg",
        "arg",
        "otp_type");
  }

  @Test
  @Covers("nimble.create-user.created")
  void queryParameterIsNotTaken() {
    List<String> before = stored.serials();

    Answer answer = world.post(USERS + "?name=x", named(newName("ann")));

    assertCode(answer, 400, "SM_unexpected_query_param");
    assertThat(stored.serials()).isEqualTo(before);
  }
}
