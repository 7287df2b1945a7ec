package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(UserVariantsTest.SecondVariants.class)
class UserVariantsTest {

  /** The second variant of every rule for accounts that has one. */
  public static class SecondVariants implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.choices.batch.common.expired-users", "purge",
          "roster.choices.batch.common.long-fractions", "reject",
          "roster.choices.batch.common.windows-password-required", "invalid-property-value",
          "roster.choices.batch.add-user.windows-password-complexity", "refuse",
          "roster.choices.batch.add-user.name-format", "refuse");
    }
  }

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Answer add(Node node, String body) {
    return world.call("POST", node.users()).json(body).send();
  }

  private Answer update(Node node, String name, String body) {
    return world.call("PUT", node.user(name)).json(body).send();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2040-06-15T13:45:30.12345678Z",
        "2040-06-15T13:45:30.123456789Z",
        "2040-06-15T13:45:30.1234567890+02:00"
      })
  @Covers("batch.common.long-fractions")
  void eighthDigitOfAFractionIsRefused(String expiry) {
    Node node = world.linuxNode();
    world.addUser(node, "bob");

    for (Answer refused :
        List.of(
            add(node, "{\"name\": \"alice\", \"expiryTime\": \"%s\"}".formatted(expiry)),
            update(node, "bob", "{\"expiryTime\": \"%s\"}".formatted(expiry)))) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().get("code").asText()).isEqualTo("InvalidPropertyValue");
      assertThat(refused.text()).contains(expiry);
    }
    assertThat(stored.names(node)).containsExactly("bob");
    assertThat(
            add(node, "{\"name\": \"alice\", \"expiryTime\": \"2040-06-15T13:45:30.1234567Z\"}")
                .status())
        .isEqualTo(201);
  }

  private void assertExpiresAt(Node node, Instant end) {
    String body = "{\"password\": \"Secret-1\", \"expiryTime\": \"2040-06-15T13:45:30Z\"}";
    world.addUser(node, "alice");
    world.addUser(node, "bob");
    assertThat(update(node, "alice", body).status()).isEqualTo(200);
    assertThat(update(node, "bob", body).status()).isEqualTo(200);

    clock.advance(Duration.between(clock.instant(), end).minusSeconds(1));
    assertThat(update(node, "alice", body).status()).isEqualTo(200);
    assertRefused(
        add(node, "{\"name\": \"alice\", \"password\": \"Secret-2\"}"), 409, "NodeUserExists");
    assertThat(world.call("DELETE", node.user("bob")).send().status()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(1));
    assertRefused(update(node, "alice", body), 404, "NodeUserNotFound");
    assertRefused(world.call("DELETE", node.user("alice")).send(), 404, "NodeUserNotFound");
    assertThat(
            add(node, "{\"name\": \"alice\", \"password\": \"Secret-2\", \"isAdmin\": true}")
                .status())
        .isEqualTo(201);
    assertThat(stored.names(node)).containsExactly("alice");
    ComputeNodeUser alice = world.user(node, "alice").orElseThrow();
    assertThat(alice.admin).isTrue();
    assertThat(alice.createdAt).isEqualTo(end);
    assertThat(isHashOf(alice.passwordHash, "Secret-2")).isTrue();
    assertThat(update(node, "alice", "{\"password\": \"Secret-3\"}").status()).isEqualTo(200);
  }

  @Test
  @Covers({"batch.common.expired-users", "batch.update-user.linux-day-precision"})
  void linuxAccountIsGoneAtTheEndOfItsDay() {
    clock.stop();
    assertExpiresAt(world.linuxNode(), Instant.parse("2040-06-16T00:00:00Z"));
  }

  @Test
  @Covers({"batch.common.expired-users", "batch.update-user.windows-exact-expiry"})
  void windowsAccountIsGoneAtItsTime() {
    clock.stop();
    assertExpiresAt(world.windowsNode(), Instant.parse("2040-06-15T13:45:30Z"));
  }

  @Test
  @Covers("batch.common.expired-users")
  void addOfExpiredNameLeavesOtherExpiredAccountsAlone() {
    Node node = world.windowsNode();
    Instant past = clock.instant().minusSeconds(60);
    world.addUser(node, "Alice", new AccountSettings("hash", null, past));
    world.addUser(node, "bob", new AccountSettings("hash", null, past));

    assertThat(add(node, "{\"name\": \"aLICE\", \"password\": \"Secret-1\"}").status())
        .isEqualTo(201);

    assertThat(stored.names(node)).containsExactly("aLICE", "bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"password\": \"\"", ", \"password\": null"})
  @Covers("batch.common.windows-password-required")
  void windowsAccountWithoutPasswordIsAnInvalidValue(String password) {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      world.addUser(node, "alice");
      List<String> before = stored.of(node);

      for (Answer answer :
          List.of(
              add(node, "{\"name\": \"bob\"%s}".formatted(password)),
              update(node, "alice", "{\"name\": \"alice\"%s}".formatted(password)))) {
        assertRefused(
            answer,
            400,
            "InvalidPropertyValue",
            "PropertyName",
            "password",
            "Reason",
            "Windows nodes require a password.");
      }
      assertThat(stored.of(node)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345", "Abc-123", "abcdefgh", "abcdefgh1", "ABCDEFGH-", "12345678-"})
  @Covers("batch.add-user.windows-password-complexity")
  void windowsAccountNeedsComplexPassword(String password) {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      world.addUser(node, "alice");
      List<String> before = stored.of(node);

      for (Answer answer :
          List.of(
              add(node, "{\"name\": \"bob\", \"password\": \"%s\"}".formatted(password)),
              update(node, "alice", "{\"password\": \"%s\"}".formatted(password)))) {
        assertRefused(
            answer,
            400,
            "InvalidPropertyValue",
            "PropertyName",
            "password",
            "Reason",
            "The password needs at least 8 characters of three of the classes lower case, upper"
                + " case, digit and symbol.");
        assertThat(answer.text()).doesNotContain(password);
      }
      assertThat(stored.of(node)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Abcdefg1", "abcdef-1", "ABCDEF-1", "Abcdefg-"})
  @Covers("batch.add-user.windows-password-complexity")
  void threeClassesAndEightCharactersAreEnough(String password) {
    Node node = world.windowsNode();

    assertThat(
            add(node, "{\"name\": \"alice\", \"password\": \"%s\"}".formatted(password)).status())
        .isEqualTo(201);
    assertThat(update(node, "alice", "{\"password\": \"%s\"}".formatted(password)).status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.add-user.windows-password-complexity")
  void linuxAccountMayHaveAnyPassword() {
    Node node = world.linuxNode();

    assertThat(add(node, "{\"name\": \"alice\", \"password\": \"1\"}").status()).isEqualTo(201);
    assertThat(update(node, "alice", "{\"password\": \"2\"}").status()).isEqualTo(200);
    assertThat(isHashOf(world.user(node, "alice").orElseThrow().passwordHash, "2")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1st", "-a", "a b", "jörg", "a.b", "a$", "abcdefghijabcdefghijabcdefghijabc"})
  @Covers("batch.add-user.name-format")
  void linuxNameHasToFollowTheRules(String name) {
    Node node = world.linuxNode();

    assertRefused(
        add(node, "{\"name\": \"%s\"}".formatted(name)),
        400,
        "InvalidPropertyValue",
        "PropertyName",
        "name",
        "PropertyValue",
        name,
        "Reason",
        "The name is not valid for an account on the node's operating system.");
    assertThat(stored.of(node)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_a", "Bob-1_x", "abcdefghijabcdefghijabcdefghijab"})
  @Covers("batch.add-user.name-format")
  void linuxNameThatFollowsTheRulesIsTaken(String name) {
    Node node = world.linuxNode();

    assertThat(add(node, "{\"name\": \"%s\"}".formatted(name)).status()).isEqualTo(201);
    assertThat(stored.names(node)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "a[b",
        "a]b",
        "a:b",
        "a;b",
        "a|b",
        "a=b",
        "a,b",
        "a+b",
        "a*b",
        "a?b",
        "a<b",
        "a>b",
        "a@b",
        "a\\\\b",
        "a\\\"b",
        "abcdefghijabcdefghija"
      })
  @Covers("batch.add-user.name-format")
  void windowsNameHasToFollowTheRules(String escapedName) {
    Node node = world.windowsNode();

    assertRefused(
        add(node, "{\"name\": \"%s\", \"password\": \"Secret-1\"}".formatted(escapedName)),
        400,
        "InvalidPropertyValue",
        "PropertyName",
        "name",
        "PropertyValue",
        escapedName.replace("\\\\", "\\").replace("\\\"", "\""),
        "Reason",
        "The name is not valid for an account on the node's operating system.");
    assertThat(stored.of(node)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1st", "a b", "Jörg", "a.b", "abcdefghijabcdefghij"})
  @Covers("batch.add-user.name-format")
  void windowsNameThatFollowsTheRulesIsTaken(String name) {
    Node node = world.windowsNode();

    assertThat(add(node, "{\"name\": \"%s\", \"password\": \"Secret-1\"}".formatted(name)).status())
        .isEqualTo(201);
    assertThat(stored.names(node)).containsExactly(name);
  }
}
