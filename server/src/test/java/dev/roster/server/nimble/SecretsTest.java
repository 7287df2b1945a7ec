package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.NOBODY;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static dev.roster.server.nimble.NimbleWorld.query;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.LogLines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passwords and session tokens, which appear in no answer, no log line and no column. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SecretsTest {

  private static final String CANARY = "Canary5d0c71e9b2";
  private static final String OTHER = "Other8e4a16f30c7";
  private static final String NUMBER = "71930582640517394";

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  private LogLines log;

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private static boolean tells(String text) {
    return text.contains(CANARY) || text.contains(OTHER) || text.contains(NUMBER);
  }

  private static Answer silent(Answer answer) {
    assertThat(answer.text()).doesNotContain(CANARY, OTHER, NUMBER);
    assertThat(answer.headers().toString()).doesNotContain(CANARY, OTHER, NUMBER);
    return answer;
  }

  private void assertNothingKept() {
    assertThat(log.lines())
        .as("what only traces tell has been logged")
        .anyMatch(line -> line.startsWith("io.vertx.ext.web."));
    assertThat(log.lines().stream().filter(SecretsTest::tells)).isEmpty();
    assertThat(stored.everything()).isNotEmpty().noneMatch(SecretsTest::tells);
  }

  private static String creation(String name, String password) {
    return "\"name\": \"%s\", \"password\": \"%s\"".formatted(name, password);
  }

  private static String change(String password, String authPassword) {
    return "\"password\": \"%s\", \"auth_password\": \"%s\"".formatted(password, authPassword);
  }

  @Test
  @Covers("nimble.common.password-secret")
  void acceptedPasswordsAppearNowhere() {
    String name = newName("ann");

    Answer created = silent(world.post(USERS, creation(name, CANARY)));

    assertThat(created.status()).isEqualTo(201);
    TestUser user = new TestUser(created.json().at("/data/id").asText(), name);
    assertThat(isHashOf(stored.passwordHash(user.id()), CANARY)).isTrue();
    TestSession session = world.logIn(name, CANARY);
    Answer own = world.call(session, "PUT", user.path(), data(change(OTHER, CANARY))).send();
    assertThat(silent(own).status()).isEqualTo(200);
    assertThat(isHashOf(stored.passwordHash(user.id()), OTHER)).isTrue();
    assertThat(isHashOf(stored.passwordHash(user.id()), CANARY)).isFalse();
    assertThat(silent(world.put(user.path(), change(CANARY, "admin"))).status()).isEqualTo(200);

    String hash = stored.passwordHash(user.id());
    for (Answer answer :
        List.of(
            silent(world.tryToLogIn(name, CANARY)),
            world.get(user.path()),
            world.get(USERS + "?name=" + name),
            world.get(DETAIL + "?name=" + name),
            world.fetch(DETAIL, equalTo("name", name)),
            world.get(TOKENS + "/detail?username=" + name),
            world.get(session.path()),
            world.post(session.path() + "/actions/report_user_details", ""),
            world.post(user.path() + "/actions/unlock", ""))) {
      assertThat(silent(answer).status()).as(answer.text()).isIn(200, 201);
      assertThat(answer.text()).doesNotContain("argon2", hash, "password");
    }
    assertThat(stored.everything()).anyMatch(row -> row.contains(hash));
    assertThat(log.lines()).noneMatch(line -> line.contains(hash));
    assertNothingKept();
  }

  private static String equalTo(String field, String value) {
    return "{\"fieldName\": \"%s\", \"operator\": \"equals\", \"value\": \"%s\"}"
        .formatted(field, value);
  }

  /** Values of a password that answer 400, or bodies around them. */
  private static List<String> refusedValues() {
    List<String> values = new ArrayList<>();
    for (String value :
        List.of(
            "\"@&\"",
            "\"@;\"",
            "\"[@]\"",
            "\"@`\"",
            "\"@\\u00e4\"",
            "\"@\\n\"",
            "\"@\\u0000\"",
            "\"\\ud800@\"",
            "[\"@\"]",
            "{\"@\": \"@\"}",
            NUMBER,
            NUMBER + ".5",
            "\"@\" \"@\"",
            "\"@\\q\"",
            "\"@\n\"",
            NUMBER + "x",
            "@")) {
      values.add(value.replace("@", CANARY));
    }
    values.add("\"" + CANARY.repeat(20) + "\"");
    return values;
  }

  @Test
  @Covers({"nimble.common.password-secret", "nimble.common.invalid-value"})
  void refusedPasswordsAppearNowhere() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    TestSession administrator = world.administrator();
    List<String> before = stored.of(user);
    List<Call> refused = new ArrayList<>();
    for (String value : refusedValues()) {
      refused.add(
          world.call(
              administrator,
              "POST",
              USERS,
              data("\"name\": \"%s\", \"password\": ".formatted(newName("ann")) + value)));
      refused.add(
          world.call(
              administrator,
              "PUT",
              user.path(),
              data("\"auth_password\": \"admin\", \"password\": " + value)));
    }
    for (String value :
        List.of(NUMBER, "[\"" + CANARY + "\"]", "\"" + CANARY.repeat(20) + "\"", CANARY)) {
      refused.add(
          world.call(
              session,
              "PUT",
              user.path(),
              data("\"password\": \"password-92\", \"auth_password\": " + value)));
      refused.add(
          world
              .anonymous("POST", TOKENS)
              .body(data("\"username\": \"%s\", \"password\": ".formatted(user.name()) + value)));
    }
    refused.add(world.call(session, "POST", USERS, data(creation("x", CANARY))));
    refused.add(world.call(administrator, "POST", USERS, data(creation("root", CANARY))));
    refused.add(world.call(administrator, "POST", USERS, data(creation(user.name(), CANARY))));
    refused.add(
        world.call(
            administrator, "POST", USERS, data(creation("y", CANARY) + ", \"role\": \"none\"")));
    refused.add(
        world.call(administrator, "POST", USERS, data("\"passwort\": \"%s\"".formatted(CANARY))));
    refused.add(
        world.call(
            administrator,
            "POST",
            USERS,
            "{\"data\": {}, \"password\": \"%s\"}".formatted(CANARY)));
    refused.add(
        world.call(
            administrator,
            "POST",
            USERS,
            "{\"data\": {%s}, \"x\": 1}".formatted(creation("z", CANARY))));
    refused.add(world.call(session, "PUT", user.path(), data(change(CANARY, OTHER))));
    refused.add(
        world.call(session, "PUT", user.path(), data("\"password\": \"%s\"".formatted(CANARY))));
    refused.add(
        world.call(administrator, "PUT", USERS + "/" + NOBODY, data(change(CANARY, OTHER))));
    refused.add(world.call(administrator, "PUT", USERS + "/admin", data(change(CANARY, OTHER))));
    refused.add(
        world.call(administrator, "PUT", user.path() + "?x=1", data(change(CANARY, OTHER))));
    refused.add(world.call(administrator, "PATCH", user.path(), data(change(CANARY, OTHER))));
    refused.add(world.call(administrator, "PUT", "/v1/nothing", data(change(CANARY, OTHER))));
    refused.add(world.anonymous("PUT", user.path()).body(data(change(CANARY, OTHER))));
    refused.add(
        world
            .call(administrator, "PUT", user.path())
            .body(data(change(CANARY.repeat(70_000), "admin"))));
    refused.add(
        world
            .call(administrator, "PUT", user.path())
            .chunkedBody(
                data(change(CANARY.repeat(70_000), "admin")).getBytes(StandardCharsets.UTF_8)));
    refused.add(
        world
            .call(administrator, "PUT", user.path())
            .chunkedBody(
                data(change(CANARY + "\u00ff", "admin")).getBytes(StandardCharsets.ISO_8859_1)));

    for (Call call : refused) {
      Answer answer = silent(call.send());
      assertThat(answer.status()).as(answer.text()).isBetween(400, 409);
    }
    assertThat(silent(world.tryToLogIn(user.name(), CANARY)).status()).isEqualTo(401);
    assertThat(silent(world.tryToLogIn("nobodyx", CANARY)).status()).isEqualTo(401);

    assertThat(
            stored.query(
                "select password_hash from nimble_user where serial = ?",
                StoredUsers.serial(user.id())))
        .allMatch(hash -> before.get(0).contains(hash));
    assertNothingKept();
  }

  @Test
  @Covers("nimble.common.password-secret")
  void presentPasswordIsNotToldAsTheSame() {
    String name = newName("ann");
    Answer created = world.post(USERS, creation(name, CANARY));
    String path = USERS + "/" + created.json().at("/data/id").asText();

    assertThat(silent(world.put(path, change(CANARY, "admin"))).status()).isEqualTo(409);

    assertNothingKept();
  }

  @Test
  @Covers({"nimble.common.password-secret", "nimble.create-token.token-form"})
  void tokensOfOthersAppearNowhere() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);
    TestSession second = world.logIn(user);
    TestSession administrator = world.administrator();
    String ofUser = "?username=" + user.name();

    for (Answer answer :
        List.of(
            world.get(TOKENS),
            world.get(TOKENS + ofUser),
            world.get(TOKENS + "/detail" + ofUser),
            world.get(TOKENS + "/detail" + ofUser + "&fields=session_token"),
            world.get(session.path()),
            world.get(session.path() + "?fields=session_token"),
            world.fetch(TOKENS + "/detail", equalTo("username", user.name())),
            world.post(session.path() + "/actions/report_user_details", ""),
            world.get(user.path()),
            world.get(DETAIL + "?name=" + user.name()),
            world.call(second, "GET", session.path()).send(),
            world.call(second, "GET", TOKENS + "/detail" + "?id=" + session.id()).send(),
            world.call(session, "PUT", user.path(), data("\"description\": \"d\"")).send(),
            world.call(session, "DELETE", user.path()).send(),
            world.call(session, "GET", USERS + "?x=1").send())) {
      assertThat(answer.status()).isIn(200, 400, 403);
      assertThat(answer.text()).doesNotContain(session.token());
      assertThat(answer.headers().toString()).doesNotContain(session.token());
    }
    assertThat(world.call(session, "GET", session.path()).send().text()).contains(session.token());
    assertThat(
            world
                .call(
                    administrator, "POST", TOKENS, query(equalTo("session_token", session.token())))
                .send()
                .json()
                .get("data"))
        .hasSize(1);
    world.call(session, "DELETE", session.path()).send();
    assertThat(world.call(session, "GET", USERS).send().status()).isEqualTo(401);

    assertThat(stored.everything())
        .noneMatch(row -> row.contains(session.token()) || row.contains(second.token()));
    assertThat(
            stored.query(
                "select token_hash from nimble_session where user_serial = ?",
                StoredUsers.serial(user.id())))
        .containsExactly(TokenHash.of(second.token()).hex());
    assertThat(log.lines())
        .noneMatch(line -> line.contains(session.token()) || line.contains(second.token()));
  }

  @Test
  @Covers("nimble.common.password-secret")
  void tokenOfAQueryIsNotLogged() {
    TestSession session = world.logIn(world.newUser());

    Answer found = world.get(TOKENS + "/detail?session_token=" + session.token());
    Answer none = world.get(TOKENS + "/detail?session_token%3E" + session.token());

    assertThat(found.json().get("data")).hasSize(1);
    assertThat(none.status()).isEqualTo(400);
    // The client of this test logs into the same log.
    assertThat(log.lines())
        .filteredOn(line -> !line.startsWith("jdk.internal.httpclient."))
        .isNotEmpty()
        .noneMatch(line -> line.contains(session.token()));
  }

  @Test
  @Covers("nimble.common.password-secret")
  void equalPasswordsHaveDifferentHashes() {
    TestUser first = world.newUser();
    TestUser second = world.newUser();

    assertThat(stored.passwordHash(first.id()))
        .startsWith("$argon2id$v=19$")
        .isNotEqualTo(stored.passwordHash(second.id()));
  }
}
