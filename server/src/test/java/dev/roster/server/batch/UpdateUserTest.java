package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.server.http.HttpDate;
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
class UpdateUserTest {

  private static final String GUID = "9C4D50EE-2D56-4CD3-8152-34347DC9F2B0";
  private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Answer update(Node node, String name, String body) {
    return world.call("PUT", node.user(name)).json(body).send();
  }

  private ComputeNodeUser user(Node node, String name) {
    return world.user(node, name).orElseThrow();
  }

  @Test
  @Covers("batch.update-user.updates")
  void passwordAndExpiryAreSetOnTheNamedAccountOnly() {
    String pool = world.newPoolId();
    Node node = world.node(BatchWorld.linuxPool(pool, 2));
    Node neighbour = new Node(pool, world.nodesOf(pool).get(1).id);
    world.addUser(node, "alice");
    world.addUser(node, "bob");
    world.addUser(neighbour, "alice");
    List<String> onNeighbour = stored.of(neighbour);
    String bob = stored.of(node).get(1);
    Instant now = clock.stop().plusSeconds(60);
    clock.advance(Duration.ofSeconds(60));

    Answer answer =
        update(
            node,
            "alice",
            "{\"password\": \"secret-1\", \"expiryTime\": \"2040-06-15T13:45:30.1234567Z\"}");

    assertThat(answer.status()).isEqualTo(200);
    ComputeNodeUser alice = user(node, "alice");
    assertThat(isHashOf(alice.passwordHash, "secret-1")).isTrue();
    assertThat(alice.expiresAt).isEqualTo(Instant.parse("2040-06-15T13:45:30.123456Z"));
    assertThat(alice.updatedAt).isEqualTo(now);
    assertThat(alice.createdAt).isBefore(now);
    assertThat(stored.of(node).get(1)).isEqualTo(bob);
    assertThat(stored.of(neighbour)).isEqualTo(onNeighbour);
  }

  @Test
  @Covers("batch.update-user.answer")
  void answerHasNoBodyAndNamesTheAccountInDataServiceId() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    Answer answer = update(node, "alice", "{\"password\": \"secret-1\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId")).contains(world.origin() + node.user("alice"));
    assertThat(answer.header("Location")).isEmpty();
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Last-Modified")).isEmpty();
  }

  @Test
  @Covers({
    "batch.update-user.replaces-all",
    "batch.update-user.empty-object",
    "batch.update-user.omitted-password-removed",
    "batch.update-user.omitted-key-removed",
    "batch.update-user.omitted-expiry-resets"
  })
  void emptyObjectResetsEverythingOfLinuxAccount() {
    Instant now = clock.stop();
    Node node = world.linuxNode();
    world.addUser(node, "alice", new AccountSettings("hash", "ssh-rsa AAAA", LATER));

    assertThat(update(node, "alice", "{}").status()).isEqualTo(200);

    ComputeNodeUser alice = user(node, "alice");
    assertThat(alice.passwordHash).isNull();
    assertThat(alice.sshPublicKey).isNull();
    assertThat(alice.expiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
    assertThat(alice.effectiveExpiresAt)
        .isEqualTo(BatchTime.endOfDay(now.plus(Duration.ofDays(1))));
  }

  @Test
  @Covers("batch.update-user.replaces-all")
  void updateThatGivesEverythingReplacesEverything() {
    Node node = world.linuxNode();
    world.addUser(node, "alice", new AccountSettings("hash", "old key", LATER));

    assertThat(
            update(
                    node,
                    "alice",
                    """
                    {"password": "new", "sshPublicKey": "new key",
                     "expiryTime": "2041-02-03T04:05:06Z"}
                    """)
                .status())
        .isEqualTo(200);

    ComputeNodeUser alice = user(node, "alice");
    assertThat(isHashOf(alice.passwordHash, "new")).isTrue();
    assertThat(alice.sshPublicKey).isEqualTo("new key");
    assertThat(alice.expiresAt).isEqualTo(Instant.parse("2041-02-03T04:05:06Z"));
    assertThat(alice.effectiveExpiresAt).isEqualTo(Instant.parse("2041-02-04T00:00:00Z"));
  }

  @Test
  @Covers("batch.update-user.omitted-expiry-resets")
  void omittedExpiryBecomesOneDayFromNow() {
    Instant now = clock.stop();
    Node node = world.windowsNode();
    world.addUser(node, "alice", new AccountSettings("hash", null, LATER));

    Answer answer = update(node, "alice", "{\"password\": \"secret-1\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(user(node, "alice").expiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
    assertThat(user(node, "alice").effectiveExpiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
  }

  @Test
  @Covers("batch.update-user.omitted-password-removed")
  void omittedPasswordIsRemoved() {
    Node node = world.linuxNode();
    world.addUser(node, "alice", new AccountSettings("hash", null, LATER));

    assertThat(update(node, "alice", "{\"sshPublicKey\": \"key\"}").status()).isEqualTo(200);

    assertThat(user(node, "alice").passwordHash).isNull();
    assertThat(user(node, "alice").sshPublicKey).isEqualTo("key");
  }

  @Test
  @Covers("batch.update-user.omitted-key-removed")
  void omittedKeyIsRemoved() {
    Node node = world.linuxNode();
    world.addUser(node, "alice", new AccountSettings(null, "key", LATER));

    assertThat(update(node, "alice", "{\"password\": \"secret-1\"}").status()).isEqualTo(200);

    assertThat(user(node, "alice").sshPublicKey).isNull();
    assertThat(isHashOf(user(node, "alice").passwordHash, "secret-1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2040-06-15T00:00:00Z,         2040-06-16T00:00:00Z",
    "2040-06-15T13:45:30Z,         2040-06-16T00:00:00Z",
    "2040-06-15T23:59:59.9999999Z, 2040-06-16T00:00:00Z",
    "2040-06-15T23:30:00-02:00,    2040-06-17T00:00:00Z",
    "2040-06-15T01:30:00+02:00,    2040-06-15T00:00:00Z",
    "2040-12-31T12:00:00Z,         2041-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z, +10000-01-01T00:00:00Z"
  })
  @Covers("batch.update-user.linux-day-precision")
  void linuxAccountExpiresAtTheEndOfTheDay(String sent, Instant end) {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    assertThat(update(node, "alice", "{\"expiryTime\": \"%s\"}".formatted(sent)).status())
        .isEqualTo(200);

    ComputeNodeUser alice = user(node, "alice");
    assertThat(alice.effectiveExpiresAt).isEqualTo(end);
    assertThat(alice.isExpired(end.minusNanos(1))).isFalse();
    assertThat(alice.isExpired(end)).isTrue();
  }

  @Test
  @Covers("batch.update-user.windows-exact-expiry")
  void windowsAccountExpiresExactlyAtItsTime() {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      world.addUser(node, "alice");

      assertThat(
              update(
                      node,
                      "alice",
                      "{\"password\": \"p\", \"expiryTime\": \"2040-06-15T13:45:30.123456Z\"}")
                  .status())
          .isEqualTo(200);

      Instant end = Instant.parse("2040-06-15T13:45:30.123456Z");
      ComputeNodeUser alice = user(node, "alice");
      assertThat(alice.effectiveExpiresAt).isEqualTo(end);
      assertThat(alice.isExpired(end.minusNanos(1))).isFalse();
      assertThat(alice.isExpired(end)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"password\": null}",
        "{\"password\": \"\"}",
        "{\"expiryTime\": \"2040-06-15T13:45:30Z\"}"
      })
  @Covers({"batch.update-user.windows-needs-password", "batch.common.windows-password-required"})
  void windowsAccountNeedsPassword(String body) {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      world.addUser(node, "alice");
      List<String> before = stored.of(node);

      assertRefused(
          update(node, "alice", body), 400, "MissingRequiredProperty", "PropertyName", "password");
      assertThat(stored.of(node)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\": \"p\", \"sshPublicKey\": \"ssh-rsa AAAA\"}",
        "{\"sshPublicKey\": \"ssh-rsa AAAA\"}"
      })
  @Covers({"batch.update-user.key-on-windows", "batch.common.windows-ssh-key"})
  void windowsAccountCannotHaveKey(String body) {
    for (Node node : List.of(world.windowsNode(), world.cloudServiceNode())) {
      world.addUser(node, "alice");
      List<String> before = stored.of(node);

      assertRefused(
          update(node, "alice", body),
          400,
          "InvalidPropertyValue",
          "PropertyName",
          "sshPublicKey",
          "Reason",
          "The property can be specified only for Linux nodes.");
      assertThat(stored.of(node)).isEqualTo(before);
    }
  }

  @Test
  @Covers("batch.update-user.linux-password-and-key")
  void linuxAccountMayHavePasswordAndKey() {
    Node node = world.linuxNode();
    world.addUser(node, "alice", new AccountSettings(null, null, LATER));

    assertThat(
            update(node, "alice", "{\"password\": \"p\", \"sshPublicKey\": \"ssh-rsa AAAA\"}")
                .status())
        .isEqualTo(200);

    assertThat(isHashOf(user(node, "alice").passwordHash, "p")).isTrue();
    assertThat(user(node, "alice").sshPublicKey).isEqualTo("ssh-rsa AAAA");
  }

  @Test
  @Covers("batch.update-user.linux-key-only")
  void openSshKeyAloneIsTheOnlyCredential() {
    String key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHEChAgOgJTQtTQ+zQbq0sJ6hVZ8x1n2+1tW8sM0uJd a@b";
    Node node = world.linuxNode();
    world.addUser(node, "alice", new AccountSettings("hash", null, LATER));

    assertThat(update(node, "alice", "{\"sshPublicKey\": \"%s\"}".formatted(key)).status())
        .isEqualTo(200);

    assertThat(user(node, "alice").sshPublicKey).isEqualTo(key);
    assertThat(user(node, "alice").passwordHash).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "0001-12-31T23:59:59.9999999+14:00"})
  @Covers("batch.update-user.zero-date")
  void expiryInTheYearOneCountsAsOmitted(String zero) {
    Instant now = clock.stop();
    Node node = world.linuxNode();
    world.addUser(node, "alice", new AccountSettings("hash", null, LATER));

    assertThat(update(node, "alice", "{\"expiryTime\": \"%s\"}".formatted(zero)).status())
        .isEqualTo(200);
    assertThat(user(node, "alice").expiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
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
  @Covers({"batch.update-user.expiry-formats", "batch.common.long-fractions"})
  void expiryHasAnyDigitsAndAnyOffset(String sent, Instant expected) {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    assertThat(update(node, "alice", "{\"expiryTime\": \"%s\"}".formatted(sent)).status())
        .isEqualTo(200);
    assertThat(user(node, "alice").expiresAt).isEqualTo(expected);
  }

  @Test
  @Covers("batch.update-user.name-and-admin-ignored")
  void nameAndAdministratorInTheBodyAreIgnored() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    assertThat(
            update(
                    node,
                    "alice",
                    "{\"name\": \"mallory\", \"isAdmin\": true, \"sshPublicKey\": \"key\"}")
                .status())
        .isEqualTo(200);
    assertThat(
            update(node, "alice", "{\"name\": 7, \"isAdmin\": [], \"sshPublicKey\": \"key\"}")
                .status())
        .isEqualTo(200);

    assertThat(stored.names(node)).containsExactly("alice");
    assertThat(user(node, "alice").admin).isFalse();
    assertThat(user(node, "alice").sshPublicKey).isEqualTo("key");
  }

  @Test
  @Covers("batch.update-user.name-and-admin-ignored")
  void administratorStaysOne() {
    Node node = world.linuxNode();
    assertThat(
            world
                .call("POST", node.users())
                .json("{\"name\": \"alice\", \"isAdmin\": true}")
                .send()
                .status())
        .isEqualTo(201);

    assertThat(update(node, "alice", "{\"isAdmin\": false}").status()).isEqualTo(200);
    assertThat(user(node, "alice").admin).isTrue();
  }

  @Test
  @Covers({"batch.update-user.expired-reactivated", "batch.common.expired-users"})
  void expiredAccountIsValidAgainAfterAnUpdate() {
    Instant now = clock.stop();
    for (Node node : List.of(world.linuxNode(), world.windowsNode())) {
      world.addUser(node, "alice", new AccountSettings("hash", null, now.minusSeconds(172_800)));
      assertThat(user(node, "alice").isExpired(now)).isTrue();

      assertThat(update(node, "alice", "{\"password\": \"p\"}").status()).isEqualTo(200);

      assertThat(user(node, "alice").isExpired(now)).isFalse();
      assertThat(user(node, "alice").expiresAt).isEqualTo(now.plus(Duration.ofDays(1)));
    }
  }

  @Test
  @Covers({"batch.update-user.user-unknown", "batch.update-user.errors"})
  void unknownUserIsNotCreated() {
    Node node = world.linuxNode();

    Answer answer = update(node, "nobody", "{\"password\": \"p\"}");

    assertRefused(answer, 404, "NodeUserNotFound");
    assertThat(answer.json().at("/message/value").asText())
        .startsWith("The specified node user does not exist.\nRequestId:");
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.update-user.path-required")
  void poolNodeAndNameTogetherNameTheAccount() {
    Node node = world.linuxNode();
    Node other = world.linuxNode();
    world.addUser(node, "alice");
    List<String> before = stored.of(node);

    assertRefused(update(new Node("no-such-pool", node.id()), "alice", "{}"), 404, "PoolNotFound");
    assertRefused(update(new Node(node.poolId(), "tvm-0"), "alice", "{}"), 404, "NodeNotFound");
    assertRefused(update(new Node(node.poolId(), other.id()), "alice", "{}"), 404, "NodeNotFound");
    assertRefused(update(other, "alice", "{}"), 404, "NodeUserNotFound");
    assertRefused(update(node, "bob", "{}"), 404, "NodeUserNotFound");
    assertThat(stored.of(node)).isEqualTo(before);
    assertThat(stored.of(other)).isEmpty();

    assertThat(update(node, "alice", "{}").status()).isEqualTo(200);
    assertThat(stored.of(node)).isNotEqualTo(before);
  }

  @Test
  @Covers("batch.update-user.api-version-required")
  void updateWithoutApiVersionFails() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    List<String> before = stored.of(node);

    assertRefused(
        world
            .anonymous("PUT", node.user("alice"))
            .header("Authorization", BatchWorld.BEARER)
            .json("{}")
            .send(),
        400,
        "MissingRequiredQueryParameter",
        "QueryParameterName",
        "api-version");
    assertThat(stored.of(node)).isEqualTo(before);
  }

  @Test
  @Covers("batch.update-user.timeout")
  void updateEndsWithItsTimeoutAndChangesNothing() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    List<String> before = stored.of(node);

    Answer answer =
        stored.whileHeld(
            node, () -> world.call("PUT", node.user("alice") + "?timeout=1").json("{}").send());

    assertRefused(answer, 500, "OperationTimedOut");
    assertThat(stored.of(node)).isEqualTo(before);
    // Without a timeout every statement has as long as connections give it.
    assertThat(stored.query("select reset_val from pg_settings where name = 'statement_timeout'"))
        .containsExactly("30000");
  }

  @Test
  @Covers("batch.update-user.timeout")
  void updateWithinItsTimeoutIsDone() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    assertThat(world.call("PUT", node.user("alice") + "?timeout=30").json("{}").send().status())
        .isEqualTo(200);
    assertThat(user(node, "alice").passwordHash).isNull();
  }

  @Test
  @Covers("batch.update-user.media-type")
  void documentedMediaTypeIsRead() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    Answer answer =
        world
            .call("PUT", node.user("alice"))
            .header("Content-Type", "application/json; odata=minimalmetadata")
            .body("{\"sshPublicKey\": \"key\"}")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(user(node, "alice").sshPublicKey).isEqualTo("key");
  }

  @Test
  @Covers("batch.update-user.client-request-id")
  void clientRequestIdIsBareGuid() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    List<String> before = stored.of(node);

    for (String wrong : List.of("{" + GUID + "}", "(" + GUID + ")", GUID.replace("-", ""), "1")) {
      assertRefused(
          world
              .call("PUT", node.user("alice"))
              .header("client-request-id", wrong)
              .json("{}")
              .send(),
          400,
          "InvalidHeaderValue",
          "HeaderName",
          "client-request-id",
          "HeaderValue",
          wrong);
    }
    assertThat(stored.of(node)).isEqualTo(before);

    assertThat(
            world
                .call("PUT", node.user("alice"))
                .header("client-request-id", GUID)
                .json("{}")
                .send()
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "True, true", "false, false", "'', false"})
  @Covers("batch.update-user.return-client-request-id")
  void clientRequestIdComesBackOnDemand(String wish, boolean comesBack) {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    for (String name : List.of("alice", "nobody")) {
      var call = world.call("PUT", node.user(name)).header("client-request-id", GUID);
      if (!wish.isEmpty()) {
        call.header("return-client-request-id", wish);
      }

      Answer answer = call.json("{}").send();

      assertThat(answer.status()).isEqualTo(name.equals("alice") ? 200 : 404);
      assertThat(answer.header("client-request-id").orElse("none"))
          .isEqualTo(comesBack ? GUID : "none");
    }
  }

  @Test
  @Covers({"batch.update-user.ocp-date", "batch.update-user.security"})
  void signedUpdateStatesItsTimeInOcpDate() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    String path = node.user("alice");
    String body = "{\"sshPublicKey\": \"signed\"}";

    String now = HttpDate.format(clock.instant());
    assertThat(sendSigned(path, body, now).status()).isEqualTo(200);
    assertThat(user(node, "alice").sshPublicKey).isEqualTo("signed");
    List<String> before = stored.of(node);

    String stale = HttpDate.format(clock.instant().minus(Duration.ofMinutes(16)));
    Answer refused = sendSigned(path, body, stale);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("code").asText()).isEqualTo("AuthenticationFailed");
    assertRefused(
        world.call("PUT", path).header("ocp-date", "yesterday").json(body).send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "ocp-date",
        "HeaderValue",
        "yesterday");
    assertThat(stored.of(node)).isEqualTo(before);
  }

  private Answer sendSigned(String path, String body, String date) {
    String contentType = "application/json; odata=minimalmetadata";
    return world
        .anonymous("PUT", path + "?" + BatchWorld.VERSION)
        .header("ocp-date", date)
        .header("Authorization", DevelopmentKey.sign("PUT", path, body, contentType, date))
        .json(body)
        .send();
  }

  @Test
  @Covers("batch.update-user.security")
  void bearerTokenIsAcceptedAndNothingIsNot() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    List<String> before = stored.of(node);
    String target = node.user("alice") + "?" + BatchWorld.VERSION;

    assertRefused(
        world.anonymous("PUT", target).json("{}").send(),
        400,
        "MissingRequiredHeader",
        "HeaderName",
        "Authorization");
    String date = HttpDate.format(clock.instant());
    Answer forged =
        world
            .anonymous("PUT", target)
            .header("ocp-date", date)
            .header("Authorization", DevelopmentKey.sign("PUT", node.path(), "", "", date))
            .json("{}")
            .send();
    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.json().get("code").asText()).isEqualTo("AuthenticationFailed");
    assertThat(stored.of(node)).isEqualTo(before);

    assertThat(
            world
                .anonymous("PUT", target)
                .header("Authorization", "Bearer x")
                .json("{}")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(stored.of(node)).isNotEqualTo(before);
  }

  @Test
  @Covers("batch.update-user.request-id")
  void everyAnswerHasRequestIdOfItsOwn() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    String first = update(node, "alice", "{}").header("request-id").orElseThrow();
    String second = update(node, "nobody", "{}").header("request-id").orElseThrow();

    assertThat(first).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(second).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").isNotEqualTo(first);
  }
}
