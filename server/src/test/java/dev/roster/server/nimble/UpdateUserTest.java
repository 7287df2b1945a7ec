package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.ADMIN;
import static dev.roster.server.nimble.NimbleWorld.NOBODY;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UpdateUserTest {

  private static final String NEW = "password-92";

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** An operator with a value in every member. */
  private TestUser fullUser() {
    return world.newUser(
        newName("ann"),
        """
        "role": "operator", "description": "first", "inactivity_timeout": 900,
        "full_name": "Ann Bee", "email_addr": "ann@example.com"
        """);
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private boolean logsIn(String name, String password) {
    Answer answer = world.tryToLogIn(name, password);
    assertThat(answer.status()).isIn(201, 401);
    return answer.status() == 201;
  }

  private int statusOf(TestSession session) {
    return world.call(session, "GET", USERS + "?name=admin").send().status();
  }

  private Answer putAs(TestSession session, TestUser user, String members) {
    return world.call(session, "PUT", user.path(), data(members)).send();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\"description\": \"second\" | {\"description\": \"second\"}",
        "\"full_name\": \"Zoe\" | {\"full_name\": \"Zoe\", \"search_name\": \"Zoe (NAME)\"}",
        "\"email_addr\": \"b@c\" | {\"email_addr\": \"b@c\"}",
        "\"inactivity_timeout\": 60 | {\"inactivity_timeout\": 60}",
        "\"inactivity_timeout\": 0 | {\"inactivity_timeout\": 0}",
        "\"disabled\": true | {\"disabled\": true}",
        "\"role\": \"poweruser\" | {\"role\": \"poweruser\","
            + " \"role_id\": \"1500000000000004d3000000000000000000000002\"}",
        "\"name\": \"NAMEb\" | {\"name\": \"NAMEb\", \"search_name\": \"Ann Bee (NAMEb)\"}",
        "\"password\": \"password-92\", \"auth_password\": \"admin\" | {}",
        "\"description\": \"d\", \"inactivity_timeout\": 1, \"email_addr\": \"\""
            + " | {\"description\": \"d\", \"inactivity_timeout\": 1, \"email_addr\": \"\"}"
      })
  @Covers("nimble.update-user.partial")
  void namedMemberChangesAndTheOthersStay(String change, String changed) throws Exception {
    TestUser user = fullUser();
    ObjectNode expected = (ObjectNode) world.user(user);
    String hash = stored.passwordHash(user.id());
    clock.stop();
    clock.advance(Duration.ofSeconds(5));

    Answer answer = world.put(user.path(), change.replace("NAME", user.name()));

    expected.setAll((ObjectNode) json(changed.replace("NAME", user.name())));
    expected.put("last_modified", (int) clock.instant().getEpochSecond());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().fieldNames()).toIterable().containsExactly("data");
    assertThat(answer.json().get("data")).isEqualTo(expected);
    assertThat(world.user(user)).isEqualTo(expected);
    assertThat(stored.passwordHash(user.id()).equals(hash))
        .isEqualTo(!change.contains("\"password\""));
    assertThat(answer.text()).doesNotContain("password", "argon2");
  }

  @Test
  @Covers("nimble.update-user.partial")
  void refusedChangeChangesNothing() {
    TestUser user = fullUser();
    List<String> before = stored.of(user);

    assertError(
        world.put(user.path(), "\"description\": \"lost\", \"role\": \"none\""),
        400,
        "SM_invalid_arg_value",
        "arg",
        "role",
        "value",
        "none");

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.update-user.last-modified")
  void changeMovesTheTimeOfTheLastChange() {
    TestUser user = fullUser();
    clock.stop();
    clock.advance(Duration.ofSeconds(5));
    long first = clock.instant().getEpochSecond();

    assertThat(modified(world.put(user.path(), "\"description\": \"second\""))).isEqualTo(first);
    clock.advance(Duration.ofSeconds(5));
    assertThat(modified(world.put(user.path(), ""))).isEqualTo(first);
    assertThat(modified(world.put(user.path(), "\"id\": \"%s\"".formatted(user.id()))))
        .isEqualTo(first);
    assertThat(modified(world.put(user.path(), "\"auth_password\": \"x\""))).isEqualTo(first);
    assertThat(modified(world.put(user.path(), "\"description\": \"second\"")))
        .isEqualTo(first + 5);
    assertThat(world.user(user).get("last_modified").longValue()).isEqualTo(first + 5);
    assertThat(world.user(user).get("creation_time").longValue()).isLessThan(first);
  }

  private static long modified(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/data/last_modified").longValue();
  }

  @Test
  @Covers("nimble.update-user.search-name")
  void searchNameFollowsBothNames() {
    TestUser user = world.newUser();
    String renamed = user.name() + "b";

    assertThat(searchName(world.put(user.path(), "\"full_name\": \"User-13 Peterson\"")))
        .isEqualTo("User-13 Peterson (" + user.name() + ")");
    assertThat(searchName(world.put(user.path(), "\"name\": \"%s\"".formatted(renamed))))
        .isEqualTo("User-13 Peterson (" + renamed + ")");
    assertThat(searchName(world.put(user.path(), "\"full_name\": \"\"")))
        .isEqualTo(" (" + renamed + ")");
    assertThat(world.user(user).get("search_name").asText()).isEqualTo(" (" + renamed + ")");
  }

  private static String searchName(Answer answer) {
    return answer.json().at("/data/search_name").asText();
  }

  @Test
  @Covers("nimble.update-user.empty")
  void emptyDataAnswersTheUnchangedUser() {
    TestUser user = fullUser();
    List<String> before = stored.of(user);
    clock.advance(Duration.ofSeconds(5));

    Answer answer = world.put(user.path(), "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("data")).isEqualTo(world.user(user));
    assertThat(answer.json().at("/data/description").asText()).isEqualTo("first");
    assertThat(stored.of(user)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"description", "full_name", "email_addr"})
  @Covers("nimble.update-user.blank")
  void textCanBeMadeEmpty(String member) {
    TestUser user = fullUser();
    assertThat(world.user(user).get(member).asText()).isNotEmpty();

    Answer answer = world.put(user.path(), "\"%s\": \"\"".formatted(member));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/" + member).textValue()).isEmpty();
    assertThat(world.user(user).get(member).textValue()).isEmpty();
  }

  @Test
  @Covers("nimble.update-user.id-in-body")
  void idOfThePathIsPassedOver() {
    TestUser user = world.newUser();

    for (String id : List.of(user.id(), user.id().toUpperCase(Locale.ROOT))) {
      Answer answer =
          world.put(user.path(), "\"id\": \"%s\", \"description\": \"%s\"".formatted(id, id));

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().at("/data/id").asText()).isEqualTo(user.id());
      assertThat(world.user(user).get("description").asText()).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ADMIN, NOBODY, "", "3", "1000000000000004d300000000000000000000000g"})
  @Covers("nimble.update-user.id-in-body")
  void otherIdIsRefused(String id) {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    assertError(
        world.put(user.path(), "\"id\": \"%s\", \"description\": \"lost\"".formatted(id)),
        400,
        "SM_invalid_arg_value",
        "arg",
        "id",
        "value",
        id);

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "search_name, 'Ann (ann)'",
    "role_id, 1500000000000004d3000000000000000000000001",
    "creation_time, 1",
    "last_modified, 1",
    "last_login, 1",
    "last_logout, 1",
    "logged_in, true"
  })
  @Covers({"nimble.update-user.read-only", "nimble.common.unexpected-arg"})
  void memberOfTheArraysOwnIsNotTaken(String member, String value) {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    for (String json : List.of("\"" + value + "\"", "null", world.user(user).get(member) + "")) {
      assertError(
          world.put(user.path(), "\"description\": \"lost\", \"%s\": %s".formatted(member, json)),
          400,
          "SM_unexpected_arg",
          "arg",
          member);
    }

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.update-user.rename")
  void newNameHoldsAtOnceAndTheOldOneIsFree() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    String renamed = newName("bob");

    Answer answer = world.put(user.path(), "\"name\": \"%s\"".formatted(renamed));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/name").asText()).isEqualTo(renamed);
    assertThat(logsIn(renamed, PASSWORD)).isTrue();
    assertThat(logsIn(user.name(), PASSWORD)).isFalse();
    Answer ofSession = world.call(session, "GET", session.path()).send();
    assertThat(ofSession.json().at("/data/username").asText()).isEqualTo(renamed);
    TestUser heir = world.newUser(user.name(), "");
    assertThat(heir.id()).isNotEqualTo(user.id());
    assertThat(logsIn(user.name(), PASSWORD)).isTrue();
  }

  @Test
  @Covers("nimble.update-user.rename")
  void takenNameIsAConflict() {
    TestUser user = world.newUser();
    TestUser other = world.newUser();
    List<String> before = stored.of(user);
    List<String> ofOther = stored.of(other);

    for (String name : List.of(other.name(), "admin")) {
      Answer answer =
          world.put(user.path(), "\"description\": \"lost\", \"name\": \"%s\"".formatted(name));

      assertError(answer, 409, "SM_eexist", "name", name);
      assertThat(answer.json().at("/messages/1/text").asText()).contains("Object exists");
    }
    assertThat(stored.of(user)).isEqualTo(before);
    assertThat(stored.of(other)).isEqualTo(ofOther);
  }

  @Test
  @Covers("nimble.update-user.rename")
  void ownNameIsNoConflictAndItsCaseCanChange() {
    TestUser user = world.newUser();
    String upper = user.name().toUpperCase(Locale.ROOT);

    assertThat(world.put(user.path(), "\"name\": \"%s\"".formatted(user.name())).status())
        .isEqualTo(200);
    assertThat(world.put(user.path(), "\"name\": \"%s\"".formatted(upper)).status()).isEqualTo(200);

    assertThat(world.user(user).get("name").asText()).isEqualTo(upper);
    assertThat(logsIn(upper, PASSWORD)).isTrue();
    assertThat(logsIn(user.name(), PASSWORD)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "SYSTEM"})
  @Covers({"nimble.create-user.name-reserved", "nimble.update-user.constraints"})
  void nobodyTakesANameOfTheSystem(String name) {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    assertError(
        world.put(user.path(), "\"name\": \"%s\"".formatted(name)),
        400,
        "SM_reserved_username",
        "arg",
        "name",
        "value",
        name);

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "administrator, 1500000000000004d3000000000000000000000001",
    "poweruser, 1500000000000004d3000000000000000000000002",
    "operator, 1500000000000004d3000000000000000000000003",
    "guest, 1500000000000004d3000000000000000000000004"
  })
  @Covers("nimble.update-user.role")
  void newRoleBringsItsId(String role, String roleId) {
    TestUser user = world.newUser(role.equals("guest") ? "operator" : "guest");

    JsonNode changed =
        world.put(user.path(), "\"role\": \"%s\"".formatted(role)).json().get("data");

    assertThat(changed.get("role").textValue()).isEqualTo(role);
    assertThat(changed.get("role_id").textValue()).isEqualTo(roleId);
    assertThat(world.user(user)).isEqualTo(changed);
  }

  @Test
  @Covers({"nimble.update-user.password", "nimble.update-user.self-allowed"})
  void ownPasswordIsChangedWithTheOldOne() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    Answer answer =
        putAs(
            session,
            user,
            "\"password\": \"%s\", \"auth_password\": \"%s\"".formatted(NEW, PASSWORD));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain("password");
    assertThat(logsIn(user.name(), NEW)).isTrue();
    assertThat(logsIn(user.name(), PASSWORD)).isFalse();
  }

  @Test
  @Covers("nimble.update-user.password")
  void administratorsSetPasswordsOfOthersWithTheirOwn() {
    TestUser administrator = world.newUser("administrator");
    assertThat(
            world
                .put(
                    administrator.path(),
                    "\"password\": \"password-of-ann\", \"auth_password\": \"admin\"")
                .status())
        .isEqualTo(200);
    TestSession session = world.logIn(administrator.name(), "password-of-ann");
    TestUser user = world.newUser();

    Answer answer =
        putAs(
            session,
            user,
            "\"password\": \"%s\", \"auth_password\": \"password-of-ann\"".formatted(NEW));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(logsIn(user.name(), NEW)).isTrue();
    assertThat(logsIn(user.name(), PASSWORD)).isFalse();
    assertThat(logsIn(administrator.name(), "password-of-ann")).isTrue();
  }

  @Test
  @Covers("nimble.update-user.auth-password")
  void passwordNeedsAuthPassword() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    List<String> before = stored.of(user);
    String change = "\"description\": \"lost\", \"password\": \"%s\"".formatted(NEW);

    for (Answer answer : List.of(world.put(user.path(), change), putAs(session, user, change))) {
      assertError(answer, 400, "SM_missing_arg", "arg", "auth_password");
    }

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"password-92", "Password-91", "password-9", "password-911", "x", ""})
  @Covers("nimble.update-user.auth-password")
  void otherAuthPasswordIsRefused(String authPassword) {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    List<String> before = stored.of(user);
    String change =
        "\"description\": \"lost\", \"password\": \"%s\", \"auth_password\": \"%s\""
            .formatted(NEW, authPassword);

    assertError(putAs(session, user, change), 403, "SM_auth");
    assertError(world.put(user.path(), change), 403, "SM_auth");

    assertThat(stored.of(user)).isEqualTo(before);
    assertThat(statusOf(session)).isEqualTo(200);
    assertThat(logsIn(user.name(), PASSWORD)).isTrue();
  }

  @Test
  @Covers("nimble.update-user.auth-password")
  void passwordOfTheChangedUserDoesNotAuthorizeAnAdministrator() {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    assertError(
        world.put(
            user.path(),
            "\"password\": \"%s\", \"auth_password\": \"%s\"".formatted(NEW, PASSWORD)),
        403,
        "SM_auth");

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.update-user.auth-password")
  void authPasswordIsThePresentOneAndNoEarlierOne() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    String change = "\"password\": \"%s\", \"auth_password\": \"%s\"";

    assertThat(putAs(session, user, change.formatted(NEW, PASSWORD)).status()).isEqualTo(200);
    assertError(putAs(session, user, change.formatted("password-93", PASSWORD)), 403, "SM_auth");
    assertThat(putAs(session, user, change.formatted("password-93", NEW)).status()).isEqualTo(200);
    assertThat(logsIn(user.name(), "password-93")).isTrue();
  }

  @Test
  @Covers({"nimble.update-user.auth-password", "nimble.create-token.credentials"})
  void halfACharacterIsNoQuestionMark() {
    TestUser user = world.newUser();
    assertThat(
            world
                .put(user.path(), "\"password\": \"password?1\", \"auth_password\": \"admin\"")
                .status())
        .isEqualTo(200);
    TestSession session = world.logIn(user.name(), "password?1");

    assertError(
        putAs(
            session,
            user,
            "\"password\": \"%s\", \"auth_password\": \"password\\ud8001\"".formatted(NEW)),
        403,
        "SM_auth");
    assertThat(logsIn(user.name(), "password\\ud8001")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "&;[]`", "\\u00e4\\u20ac\\ud83d\\ude00\\u0000\\n"})
  @Covers("nimble.update-user.auth-password-alone")
  void authPasswordAloneIsPassedOver(String authPassword) {
    TestUser user = world.newUser();
    String hash = stored.passwordHash(user.id());

    Answer answer =
        world.put(
            user.path(),
            "\"description\": \"d\", \"auth_password\": \"%s\"".formatted(authPassword));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(world.user(user).get("description").asText()).isEqualTo("d");
    assertThat(stored.passwordHash(user.id())).isEqualTo(hash);
  }

  @Test
  @Covers({"nimble.update-user.auth-password-alone", "nimble.common.invalid-value"})
  void authPasswordIsAnyTextOfUpTo255Characters() {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    assertThat(
            world.put(user.path(), "\"auth_password\": \"%s\"".formatted("x".repeat(255))).status())
        .isEqualTo(200);
    for (String json : List.of("\"" + "x".repeat(256) + "\"", "12345678", "true", "[]", "null")) {
      assertError(
          world.put(user.path(), "\"description\": \"lost\", \"auth_password\": " + json),
          400,
          "SM_invalid_arg_value",
          "arg",
          "auth_password");
    }
    assertThat(stored.of(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.update-user.same-password")
  void presentPasswordIsNoNewOne() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    List<String> before = stored.of(user);
    String change = "\"description\": \"lost\", \"password\": \"%s\", \"auth_password\": \"%s\"";

    assertError(
        putAs(session, user, change.formatted(PASSWORD, PASSWORD)),
        409,
        "SM_passwd_same_as_current");
    assertError(
        world.put(user.path(), change.formatted(PASSWORD, "admin")),
        409,
        "SM_passwd_same_as_current");

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.update-user.same-password")
  void wrongAuthPasswordTellsNothingOfThePresentPassword() {
    TestUser user = world.newUser();

    assertError(
        world.put(
            user.path(), "\"password\": \"%s\", \"auth_password\": \"wrong\"".formatted(PASSWORD)),
        403,
        "SM_auth");
  }

  @Test
  @Covers("nimble.update-user.password-sessions")
  void newPasswordLeavesSessionsAlone() {
    TestUser user = world.newUser();
    TestSession own = world.logIn(user);
    TestSession other = world.logIn(user);

    assertThat(
            putAs(
                    own,
                    user,
                    "\"password\": \"%s\", \"auth_password\": \"%s\"".formatted(NEW, PASSWORD))
                .status())
        .isEqualTo(200);
    assertThat(
            world
                .put(user.path(), "\"password\": \"password-93\", \"auth_password\": \"admin\"")
                .status())
        .isEqualTo(200);

    assertThat(statusOf(own)).isEqualTo(200);
    assertThat(statusOf(other)).isEqualTo(200);
  }

  @Test
  @Covers("nimble.update-user.disable")
  void disabledUserIsOutUntilItIsEnabled() {
    TestUser user = world.newUser();
    TestUser bystander = world.newUser();
    List<TestSession> sessions = List.of(world.logIn(user), world.logIn(user));
    TestSession ofBystander = world.logIn(bystander);
    assertThat(world.user(user).get("logged_in").booleanValue()).isTrue();

    JsonNode disabled = world.put(user.path(), "\"disabled\": true").json().get("data");

    assertThat(disabled.get("disabled").booleanValue()).isTrue();
    assertThat(disabled.get("logged_in").booleanValue()).isFalse();
    assertThat(world.user(user)).isEqualTo(disabled);
    for (TestSession session : sessions) {
      assertError(world.call(session, "GET", USERS).send(), 401, "SM_auth");
    }
    assertThat(statusOf(ofBystander)).isEqualTo(200);
    assertThat(logsIn(user.name(), PASSWORD)).isFalse();
    assertThat(world.put(user.path(), "\"description\": \"still out\"").status()).isEqualTo(200);
    assertThat(logsIn(user.name(), PASSWORD)).isFalse();

    JsonNode enabled = world.put(user.path(), "\"disabled\": false").json().get("data");

    assertThat(enabled.get("disabled").booleanValue()).isFalse();
    assertThat(sessions).extracting(this::statusOf).containsOnly(401);
    assertThat(logsIn(user.name(), PASSWORD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\": \"boss\"",
        "\"name\": \"Admin\"",
        "\"role\": \"guest\"",
        "\"disabled\": true"
      })
  @Covers("nimble.update-user.administrator-protected")
  void builtInAdministratorKeepsItsNameAndRoleAndIsNotDisabled(String change) {
    TestSession other = world.logIn(world.newUser("administrator"));
    TestSession own = world.admin();
    String path = USERS + "/" + ADMIN;
    List<String> before = stored.ofSpace("default", 1);

    for (TestSession session : List.of(own, other)) {
      assertError(
          world.call(session, "PUT", path, data("\"description\": \"lost\", " + change)).send(),
          403,
          "SM_eperm");
    }

    assertThat(stored.ofSpace("default", 1)).isEqualTo(before);
    assertThat(statusOf(own)).isEqualTo(200);
  }

  @Test
  @Covers({"nimble.update-user.administrator-protected", "nimble.update-user.password"})
  void restOfTheBuiltInAdministratorCanBeChanged() {
    TestSession other = world.logIn(world.newUser("administrator"));
    String path = USERS + "/" + ADMIN;
    String hash = stored.passwordHash(ADMIN);
    try {
      Answer answer =
          world
              .call(
                  other,
                  "PUT",
                  path,
                  data(
                      """
                      "name": "admin", "role": "administrator", "disabled": false,
                      "description": "d", "full_name": "Boss", "email_addr": "boss@example.com",
                      "inactivity_timeout": 43200, "password": "password-92",
                      "auth_password": "password-91"
                      """))
              .send();

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      JsonNode user = world.call(other, "GET", path).send().json().get("data");
      assertThat(user).isEqualTo(answer.json().get("data"));
      assertThat(user.get("description").asText()).isEqualTo("d");
      assertThat(user.get("search_name").asText()).isEqualTo("Boss (admin)");
      assertThat(user.get("email_addr").asText()).isEqualTo("boss@example.com");
      assertThat(user.get("inactivity_timeout").asLong()).isEqualTo(43_200);
      assertThat(logsIn("admin", "password-92")).isTrue();
      assertThat(logsIn("admin", "admin")).isFalse();
    } finally {
      // The other tests log in with it, and it is too short to be set again.
      stored.execute(
          "update nimble_user set password_hash = ?, description = 'Administrator',"
              + " full_name = 'Administrator', email_address = '', inactivity_timeout = 0"
              + " where space = 'default' and serial = 1",
          hash);
    }
  }

  @Test
  @Covers("nimble.update-user.self-protected")
  void administratorsNeitherDisableNorDemoteThemselves() {
    TestUser administrator = world.newUser("administrator");
    TestSession session = world.logIn(administrator);
    List<String> before = stored.of(administrator);

    for (String change :
        List.of(
            "\"disabled\": true",
            "\"role\": \"poweruser\"",
            "\"role\": \"guest\"",
            "\"role\": \"operator\", \"disabled\": true")) {
      assertError(
          putAs(session, administrator, "\"description\": \"lost\", " + change), 403, "SM_eperm");
    }

    assertThat(stored.of(administrator)).isEqualTo(before);
    assertThat(
            putAs(session, administrator, "\"disabled\": false, \"role\": \"administrator\"")
                .status())
        .isEqualTo(200);
    assertThat(world.put(administrator.path(), "\"role\": \"guest\"").status()).isEqualTo(200);
    assertThat(world.put(administrator.path(), "\"disabled\": true").status()).isEqualTo(200);
  }

  @Test
  @Covers("nimble.common.id-unknown")
  void unknownUserIsReportedBeforeItsPasswordIsLookedAt() {
    Answer answer =
        world.put(USERS + "/" + NOBODY, "\"password\": \"password-92\", \"auth_password\": \"x\"");

    assertError(answer, 404, "SM_enoent", "id", NOBODY);
  }
}
