package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.server.http.UrlSegments;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class AddUserTest {

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

  private ComputeNodeUser user(Node node, String name) {
    return world.user(node, name).orElseThrow();
  }

  @Test
  @Covers("batch.add-user.created")
  void newUserIsStoredAndItsUrlAnswered() {
    Instant now = clock.stop();
    Node node = world.linuxNode();

    Answer answer =
        add(
            node,
            """
            {"name": "alice", "isAdmin": true, "expiryTime": "2040-06-15T13:45:30.1234567Z",
             "password": "secret-1", "sshPublicKey": "ssh-rsa AAAA"}
            """);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Location")).contains(world.origin() + node.user("alice"));
    assertThat(answer.header("DataServiceId")).contains(world.origin() + node.user("alice"));
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Last-Modified")).isEmpty();
    ComputeNodeUser alice = user(node, "alice");
    assertThat(alice.admin).isTrue();
    assertThat(alice.windows).isFalse();
    assertThat(isHashOf(alice.passwordHash, "secret-1")).isTrue();
    assertThat(alice.sshPublicKey).isEqualTo("ssh-rsa AAAA");
    assertThat(alice.expiresAt).isEqualTo(Instant.parse("2040-06-15T13:45:30.123456Z"));
    assertThat(alice.effectiveExpiresAt).isEqualTo(Instant.parse("2040-06-16T00:00:00Z"));
    assertThat(alice.createdAt).isEqualTo(now);
    assertThat(alice.updatedAt).isEqualTo(now);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\": \"secret-1\"}",
        "{\"name\": null, \"password\": \"secret-1\"}",
        "{\"name\": \"\", \"password\": \"secret-1\"}"
      })
  @Covers("batch.add-user.name-missing")
  void nameHasToBeGiven(String body) {
    Node node = world.linuxNode();

    assertRefused(add(node, body), 400, "MissingRequiredProperty", "PropertyName", "name");
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.add-user.name-too-long")
  void nameHas256CharactersAtMost() {
    Node node = world.linuxNode();
    String longest = "n".repeat(256);

    assertThat(add(node, "{\"name\": \"%s\"}".formatted(longest)).status()).isEqualTo(201);
    assertRefused(
        add(node, "{\"name\": \"%sn\"}".formatted(longest)),
        400,
        "InvalidPropertyValue",
        "PropertyName",
        "name",
        "Reason",
        "The name may have at most 256 characters.");
    assertThat(stored.names(node)).containsExactly(longest);
  }

  @Test
  @Covers("batch.add-user.exists")
  void nameOnTheNodeIsRefusedAndItsUserUnchanged() {
    Node node = world.linuxNode();
    assertThat(
            add(node, "{\"name\": \"alice\", \"password\": \"a\", \"sshPublicKey\": \"k\"}")
                .status())
        .isEqualTo(201);
    List<String> before = stored.of(node);

    assertRefused(
        add(node, "{\"name\": \"alice\", \"password\": \"b\", \"isAdmin\": true}"),
        409,
        "NodeUserExists");
    assertThat(stored.of(node)).isEqualTo(before);
  }

  @Test
  @Covers("batch.add-user.exists")
  void nameIsTakenOnItsOwnNodeOnly() {
    String pool = world.newPoolId();
    Node first = world.node(BatchWorld.linuxPool(pool, 2));
    Node second = new Node(pool, world.nodesOf(pool).get(1).id);
    world.addUser(first, "alice");

    assertThat(add(second, "{\"name\": \"alice\"}").status()).isEqualTo(201);
  }

  @Test
  @Covers("batch.add-user.default-expiry")
  void userExpiresOneDayFromNowByDefault() {
    Instant now = clock.stop();
    Node linux = world.linuxNode();
    Node windows = world.windowsNode();

    assertThat(add(linux, "{\"name\": \"alice\"}").status()).isEqualTo(201);
    assertThat(
            add(windows, "{\"name\": \"alice\", \"password\": \"p\", \"expiryTime\": null}")
                .status())
        .isEqualTo(201);

    assertThat(user(linux, "alice").expiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
    assertThat(user(windows, "alice").expiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
    assertThat(user(windows, "alice").effectiveExpiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00.0000000+01:00",
        "0001-12-31T23:59:59.9999999Z"
      })
  @Covers("batch.add-user.zero-date")
  void expiryInTheYearOneCountsAsOmitted(String zero) {
    Instant now = clock.stop();
    Node node = world.linuxNode();

    assertThat(add(node, "{\"name\": \"alice\", \"expiryTime\": \"%s\"}".formatted(zero)).status())
        .isEqualTo(201);
    assertThat(user(node, "alice").expiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
  }

  @Test
  @Covers("batch.add-user.zero-date")
  void yearTwoIsAnExpiry() {
    Node node = world.linuxNode();

    assertThat(
            add(node, "{\"name\": \"alice\", \"expiryTime\": \"0002-01-01T00:00:00Z\"}").status())
        .isEqualTo(201);
    assertThat(user(node, "alice").expiresAt).isEqualTo(Instant.parse("0002-01-01T00:00:00Z"));
  }

  @Test
  @Covers({"batch.add-user.past-expiry", "batch.common.expired-users"})
  void expiryInThePastIsAcceptedAndTheExpiredUserStays() {
    Node node = world.linuxNode();

    assertThat(
            add(node, "{\"name\": \"alice\", \"expiryTime\": \"2016-11-27T00:45:48.7320857Z\"}")
                .status())
        .isEqualTo(201);

    ComputeNodeUser alice = user(node, "alice");
    assertThat(alice.expiresAt).isEqualTo(Instant.parse("2016-11-27T00:45:48.732085Z"));
    assertThat(alice.isExpired(clock.instant())).isTrue();
    assertRefused(add(node, "{\"name\": \"alice\"}"), 409, "NodeUserExists");
    assertThat(stored.names(node)).containsExactly("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "2040-02-29T13:45:30Z,                2040-02-29T13:45:30Z",
    "2040-02-29T13:45:30.1Z,              2040-02-29T13:45:30.1Z",
    "2040-02-29T13:45:30.12Z,             2040-02-29T13:45:30.12Z",
    "2040-02-29T13:45:30.123Z,            2040-02-29T13:45:30.123Z",
    "2040-02-29T13:45:30.1234Z,           2040-02-29T13:45:30.1234Z",
    "2040-02-29T13:45:30.12345Z,          2040-02-29T13:45:30.12345Z",
    "2040-02-29T13:45:30.123456Z,         2040-02-29T13:45:30.123456Z",
    "2040-02-29T13:45:30.1234567Z,        2040-02-29T13:45:30.123456Z",
    "2040-02-29T13:45:30+00:00,           2040-02-29T13:45:30Z",
    "2040-02-29T13:45:30.1234567+02:00,   2040-02-29T11:45:30.123456Z",
    "2040-02-29T23:45:30-07:30,           2040-03-01T07:15:30Z",
    "2040-02-29T13:45:30.12345649Z,       2040-02-29T13:45:30.123456Z",
    "2040-02-29T13:45:30.123456950Z,      2040-02-29T13:45:30.123457Z",
    "2040-02-29T13:45:30.1234569999Z,     2040-02-29T13:45:30.123457Z",
    "2040-02-29T23:59:59.99999995-01:00,  2040-03-01T01:00:00Z"
  })
  @Covers({"batch.add-user.expiry-formats", "batch.common.long-fractions"})
  void expiryHasAnyDigitsAndAnyOffset(String sent, Instant expected) {
    Node node = world.windowsNode();

    assertThat(
            add(
                    node,
                    "{\"name\": \"alice\", \"password\": \"p\", \"expiryTime\": \"%s\"}"
                        .formatted(sent))
                .status())
        .isEqualTo(201);
    assertThat(user(node, "alice").expiresAt).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "2040-06-15",
        "2040-06-15T13:45Z",
        "2040-06-15T13:45:30",
        "2040-06-15 13:45:30Z",
        "2040-06-15T13:45:30+0200",
        "2040-06-15T13:45:30.Z",
        "2040-06-15T13:45:30.1234567890",
        "2040-06-15T13:45.12345678Z",
        "9999-12-31T23:59:59.99999995Z",
        "2040-02-30T13:45:30Z",
        "2039-02-29T13:45:30Z",
        "2040-13-01T13:45:30Z",
        "2040-06-15T24:45:30Z",
        "0000-06-15T13:45:30Z",
        "10000-06-15T13:45:30Z",
        "-2040-06-15T13:45:30Z",
        "Sun, 06 Nov 2040 08:49:37 GMT",
        "2225449800"
      })
  @Covers("batch.add-user.expiry-invalid")
  void unparsableExpiryIsRefusedWithItsValue(String expiry) {
    Node node = world.linuxNode();

    assertRefused(
        add(node, "{\"name\": \"alice\", \"expiryTime\": \"%s\"}".formatted(expiry)),
        400,
        "InvalidPropertyValue",
        "PropertyName",
        "expiryTime",
        "PropertyValue",
        expiry,
        "Reason",
        "The value is not valid for this property.");
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.add-user.not-admin")
  void userIsAdministratorOnlyIfSaid() {
    Node node = world.linuxNode();

    assertThat(add(node, "{\"name\": \"a\"}").status()).isEqualTo(201);
    assertThat(add(node, "{\"name\": \"b\", \"isAdmin\": null}").status()).isEqualTo(201);
    assertThat(add(node, "{\"name\": \"c\", \"isAdmin\": false}").status()).isEqualTo(201);
    assertThat(add(node, "{\"name\": \"d\", \"isAdmin\": true}").status()).isEqualTo(201);

    assertThat(user(node, "a").admin).isFalse();
    assertThat(user(node, "b").admin).isFalse();
    assertThat(user(node, "c").admin).isFalse();
    assertThat(user(node, "d").admin).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"alice\"}",
        "{\"name\": \"alice\", \"password\": \"\"}",
        "{\"name\": \"alice\", \"password\": null, \"sshPublicKey\": null}"
      })
  @Covers("batch.add-user.linux-bare")
  void linuxUserNeedsNeitherPasswordNorKey(String body) {
    Node node = world.linuxNode();

    assertThat(add(node, body).status()).isEqualTo(201);
    assertThat(user(node, "alice").passwordHash).isNull();
    assertThat(user(node, "alice").sshPublicKey).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"alice\"}",
        "{\"name\": \"alice\", \"password\": \"\"}",
        "{\"name\": \"alice\", \"password\": null}"
      })
  @Covers("batch.common.windows-password-required")
  void windowsUserNeedsPassword(String body) {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      assertRefused(add(node, body), 400, "MissingRequiredProperty", "PropertyName", "password");
      assertThat(stored.of(node)).isEmpty();
    }
  }

  @Test
  @Covers("batch.common.windows-ssh-key")
  void windowsUserCannotHaveKey() {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      assertRefused(
          add(
              node,
              "{\"name\": \"alice\", \"password\": \"p\", \"sshPublicKey\": \"ssh-rsa AAAA\"}"),
          400,
          "InvalidPropertyValue",
          "PropertyName",
          "sshPublicKey",
          "Reason",
          "The property can be specified only for Linux nodes.");
      assertThat(stored.of(node)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "12345", "aaaaaaaa", " ", "pässwörd"})
  @Covers("batch.add-user.windows-password-complexity")
  void windowsUserMayHaveAnyPassword(String password) {
    Node node = world.windowsNode();

    assertThat(
            add(node, "{\"name\": \"alice\", \"password\": \"%s\"}".formatted(password)).status())
        .isEqualTo(201);
    assertThat(isHashOf(user(node, "alice").passwordHash, password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1st", "-a", "a b", "a<b>|c?*", "a name of more than 32 characters, dots.."})
  @Covers("batch.add-user.name-format")
  void userMayHaveAnyName(String name) {
    for (Node node : List.of(world.linuxNode(), world.windowsNode())) {
      assertThat(add(node, "{\"name\": \"%s\", \"password\": \"p\"}".formatted(name)).status())
          .isEqualTo(201);
      assertThat(stored.names(node)).containsExactly(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a key", "ssh-ed25519 !!! comment", "-----BEGIN RSA PUBLIC KEY-----"})
  @Covers("batch.add-user.key-unchecked")
  void keyMayHaveAnyForm(String key) {
    Node node = world.linuxNode();

    assertThat(add(node, "{\"name\": \"alice\", \"sshPublicKey\": \"%s\"}".formatted(key)).status())
        .isEqualTo(201);
    assertThat(user(node, "alice").sshPublicKey).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "a b,      a%20b",
    "a+b,      a%2Bb",
    "a+b,      a+b",
    "a/b,      a%2Fb",
    "jörg,     j%C3%B6rg",
    "ユーザー,  %E3%83%A6%E3%83%BC%E3%82%B6%E3%83%BC",
    "😀,        %F0%9F%98%80",
    "100%,     100%25",
    "a?b#c,    a%3Fb%23c",
    "a;b=c,    a%3Bb=c",
    "a:b@c,    a:b@c",
    "users,    users"
  })
  @Covers("batch.add-user.special-names")
  void specialNameCanBeAddedUpdatedAndDeleted(String name, String segment) {
    Node node = world.linuxNode();

    Answer added = add(node, "{\"name\": \"%s\"}".formatted(name));
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.header("Location"))
        .contains(world.origin() + node.users() + "/" + UrlSegments.encode(name));
    assertThat(stored.names(node)).containsExactly(name);

    assertThat(
            world.call("PUT", node.user(segment)).json("{\"password\": \"new\"}").send().status())
        .isEqualTo(200);
    assertThat(isHashOf(user(node, name).passwordHash, "new")).isTrue();

    assertThat(world.call("DELETE", node.user(segment)).send().status()).isEqualTo(200);
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.add-user.special-names")
  void plusInThePathIsNoBlank() {
    Node node = world.linuxNode();
    world.addUser(node, "a b");
    List<String> before = stored.of(node);

    assertRefused(world.call("PUT", node.user("a+b")).json("{}").send(), 404, "NodeUserNotFound");
    assertRefused(world.call("DELETE", node.user("a+b")).send(), 404, "NodeUserNotFound");
    assertThat(stored.of(node)).isEqualTo(before);
  }

  @Test
  @Covers("batch.common.user-name-case")
  void linuxTellsTheCaseOfNamesApart() {
    Node node = world.linuxNode();
    assertThat(add(node, "{\"name\": \"Bob\", \"sshPublicKey\": \"k1\"}").status()).isEqualTo(201);
    assertThat(add(node, "{\"name\": \"bob\", \"sshPublicKey\": \"k2\"}").status()).isEqualTo(201);

    assertThat(
            world.call("PUT", node.user("bob")).json("{\"sshPublicKey\": \"k3\"}").send().status())
        .isEqualTo(200);
    assertRefused(world.call("PUT", node.user("BOB")).json("{}").send(), 404, "NodeUserNotFound");
    assertRefused(world.call("DELETE", node.user("BOB")).send(), 404, "NodeUserNotFound");
    assertThat(user(node, "Bob").sshPublicKey).isEqualTo("k1");
    assertThat(user(node, "bob").sshPublicKey).isEqualTo("k3");

    assertThat(world.call("DELETE", node.user("bob")).send().status()).isEqualTo(200);
    assertThat(stored.names(node)).containsExactly("Bob");
  }

  @Test
  @Covers("batch.common.user-name-case")
  void windowsIgnoresTheCaseOfNames() {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      assertThat(add(node, "{\"name\": \"JÖrg\", \"password\": \"p1\"}").status()).isEqualTo(201);
      assertRefused(add(node, "{\"name\": \"jöRG\", \"password\": \"p2\"}"), 409, "NodeUserExists");

      assertThat(
              world
                  .call("PUT", node.user("j%C3%B6rg"))
                  .json("{\"password\": \"p3\"}")
                  .send()
                  .status())
          .isEqualTo(200);
      assertThat(stored.names(node)).containsExactly("JÖrg");
      assertThat(isHashOf(user(node, "JÖrg").passwordHash, "p3")).isTrue();

      assertThat(world.call("DELETE", node.user("J%C3%96RG")).send().status()).isEqualTo(200);
      assertThat(stored.of(node)).isEmpty();
    }
  }
}
