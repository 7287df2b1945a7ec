package dev.roster.server.apimanagement;

import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.LogLines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the passwords of a PUT and of a PATCH go. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UserPasswordsTest {

  private static final String FIRST = "Canary7f3a91c55d";
  private static final String SECOND = "Canary21b8e04f6a";
  private static final String CANARY = "Canary";

  @Inject ApiManagementWorld world;
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

  private static String body(String password) {
    return """
        {"properties": {"email": "ann@example.com", "firstName": "First", "lastName": "Last",
          "password": "%s"}}
        """
        .formatted(password);
  }

  private static String change(String members) {
    return "{\"properties\": {%s}}".formatted(members);
  }

  private static Answer assertSilent(Answer answer) {
    assertThat(answer.text()).doesNotContainIgnoringCase("password", CANARY);
    assertThat(answer.headers().toString()).doesNotContain(CANARY);
    return answer;
  }

  private void assertNothingKept() {
    assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(CANARY));
    assertThat(stored.everything()).isNotEmpty().noneMatch(row -> row.contains(CANARY));
  }

  @Test
  @Covers("apim.common.password-secret")
  void onlyTheHashOfAPasswordIsKept() {
    Service service = world.newService();
    String path = service.user("ann");

    assertThat(assertSilent(world.put(path, body(FIRST))).status()).isEqualTo(201);
    String first = stored.passwordHash(service, "ann");
    assertThat(isHashOf(first, FIRST)).isTrue();
    assertThat(isHashOf(first, FIRST + "x")).isFalse();

    assertThat(assertSilent(world.put(path, body(SECOND))).status()).isEqualTo(200);
    String second = stored.passwordHash(service, "ann");
    assertThat(isHashOf(second, SECOND)).isTrue();

    Answer patched = world.patch(path, change("\"password\": \"%s\"".formatted(FIRST)));
    assertThat(assertSilent(patched).status()).isEqualTo(200);
    String third = stored.passwordHash(service, "ann");
    assertThat(isHashOf(third, FIRST)).isTrue();
    // Equal passwords do not look equal.
    assertThat(third).isNotEqualTo(first);

    for (String get : List.of(path, service.users() + "?expandGroups=true", path + "/identities")) {
      assertSilent(world.get(get));
    }
    assertThat(stored.everything()).anyMatch(row -> row.contains(third));
    assertThat(stored.everything()).noneMatch(row -> row.contains(first));
    assertNothingKept();
  }

  @Test
  @Covers("apim.common.password-secret")
  void whatNamesNoPasswordLeavesTheHash() {
    Service service = world.newService();
    String path = service.user("ann");
    world.put(path, body(FIRST));
    String hash = stored.passwordHash(service, "ann");

    for (String members :
        List.of("", "\"password\": null", "\"password\": \"\"", "\"state\": \"blocked\"")) {
      assertThat(world.patch(path, change(members)).status()).isEqualTo(200);
      assertThat(stored.passwordHash(service, "ann")).isEqualTo(hash);
    }
    for (String password : List.of("\"\"", "null")) {
      String replacement = body("").replace("\"password\": \"\"", "\"password\": " + password);
      assertThat(world.put(path, replacement).status()).isEqualTo(200);
      assertThat(stored.passwordHash(service, "ann")).isEqualTo(hash);
    }
    assertThat(world.put(path, ApiManagementWorld.user("ann@example.com")).status()).isEqualTo(200);
    assertThat(stored.passwordHash(service, "ann")).isEqualTo(hash);
    world.addUser(service, "bob");
    assertThat(stored.passwordHash(service, "bob")).isNull();
  }

  @Test
  @Covers("apim.common.password-secret")
  void refusedPasswordsAppearNowhere() {
    Service service = world.newService();
    world.addUser(service, "ann");
    world.addUser(service, "bob");
    String path = service.user("ann");
    List<String> rows = stored.of(service);
    String password = "\"password\": \"%s\"".formatted(FIRST);

    List<Answer> refused =
        List.of(
            // no names, another's address, no state, a stale tag, no If-Match, no such user
            world.put(path, change(password)),
            world.put(service.user("new"), body(FIRST)),
            world.patch(path, change(password + ", \"state\": \"" + SECOND + "\"")),
            world.send("PATCH", path, change(password), "If-Match", "\"x\""),
            world.send("PUT", path, body(FIRST), "If-None-Match", "*"),
            world.call("PATCH", path, change(password)).send(),
            world.patch(service.user("nobody"), change(password)),
            // bodies that cannot be read
            world.patch(path, "{\"properties\": {" + password),
            world.patch(path, "{\"properties\": {\"password\": {\"a\": \"" + FIRST + "\"}}}"),
            world.patch(path, "{\"properties\": {\"password\": [\"" + FIRST + "\"]}}"),
            world.put(path, "{\"properties\": {" + password + ", \"email\": {}}}"),
            world.patch(path, change("\"password\": \"" + FIRST + "\\u0000\"")),
            world.patch(path, change("\"password\": \"" + FIRST + "\\ud800\"")),
            world.patch(path, FIRST),
            world.send("PATCH", path, null, "If-Match", "*"));

    refused.forEach(UserPasswordsTest::assertIsRefusedSilently);
    assertThat(stored.of(service)).isEqualTo(rows);
    assertNothingKept();
  }

  private static void assertIsRefusedSilently(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
    assertThat(answer.text()).doesNotContain(CANARY);
    assertThat(answer.headers().toString()).doesNotContain(CANARY);
  }
}
