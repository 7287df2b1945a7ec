package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class DeleteUserTest {

  private static final String GUID = "9C4D50EE-2D56-4CD3-8152-34347DC9F2B0";

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Answer delete(Node node, String name) {
    return world.call("DELETE", node.user(name)).send();
  }

  @Test
  @Covers("batch.delete-user.deletes")
  void accountGoesFromTheNamedNodeOnlyAndItsNameIsFree() {
    String pool = world.newPoolId();
    Node node = world.node(BatchWorld.linuxPool(pool, 2));
    Node neighbour = new Node(pool, world.nodesOf(pool).get(1).id);
    world.addUser(node, "alice");
    world.addUser(node, "bob");
    world.addUser(neighbour, "alice");
    List<String> onNeighbour = stored.of(neighbour);
    String bob = stored.of(node).get(1);

    assertThat(delete(node, "alice").status()).isEqualTo(200);

    assertThat(stored.of(node)).containsExactly(bob);
    assertThat(stored.of(neighbour)).isEqualTo(onNeighbour);
    assertThat(world.call("POST", node.users()).json("{\"name\": \"alice\"}").send().status())
        .isEqualTo(201);
  }

  @Test
  @Covers("batch.delete-user.answer")
  void answerHasNeitherBodyNorDataServiceId() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    Answer answer = delete(node, "alice");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId")).isEmpty();
  }

  @Test
  @Covers({"batch.delete-user.second-delete", "batch.delete-user.errors"})
  void secondDeleteFindsNobody() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    assertThat(delete(node, "alice").status()).isEqualTo(200);

    Answer second = delete(node, "alice");

    assertRefused(second, 404, "NodeUserNotFound");
    assertThat(second.json().at("/message/value").asText())
        .startsWith("The specified node user does not exist.\nRequestId:");
  }

  @Test
  @Covers({"batch.delete-user.expired", "batch.common.expired-users"})
  void expiredAccountCanBeDeleted() {
    for (Node node : List.of(world.linuxNode(), world.windowsNode())) {
      world.addUser(
          node,
          "alice",
          new AccountSettings("hash", null, clock.instant().minus(Duration.ofDays(400))));

      assertThat(delete(node, "alice").status()).isEqualTo(200);
      assertThat(stored.of(node)).isEmpty();
    }
  }

  @Test
  @Covers("batch.delete-user.path-required")
  void poolNodeAndNameTogetherNameTheAccount() {
    Node node = world.linuxNode();
    Node other = world.linuxNode();
    world.addUser(node, "alice");
    List<String> before = stored.of(node);

    assertRefused(delete(new Node("no-such-pool", node.id()), "alice"), 404, "PoolNotFound");
    assertRefused(delete(new Node(node.poolId(), "tvm-0"), "alice"), 404, "NodeNotFound");
    assertRefused(delete(new Node(node.poolId(), other.id()), "alice"), 404, "NodeNotFound");
    assertRefused(delete(other, "alice"), 404, "NodeUserNotFound");
    assertRefused(delete(node, "bob"), 404, "NodeUserNotFound");
    assertThat(stored.of(node)).isEqualTo(before);

    assertThat(delete(node, "alice").status()).isEqualTo(200);
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.delete-user.api-version-required")
  void deleteWithoutApiVersionFails() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    assertRefused(
        world
            .anonymous("DELETE", node.user("alice"))
            .header("Authorization", BatchWorld.BEARER)
            .send(),
        400,
        "MissingRequiredQueryParameter",
        "QueryParameterName",
        "api-version");
    assertThat(stored.names(node)).containsExactly("alice");
  }

  @Test
  @Covers("batch.delete-user.timeout")
  void deleteEndsWithItsTimeoutAndChangesNothing() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    List<String> before = stored.of(node);

    Answer answer =
        stored.whileHeld(
            node, () -> world.call("DELETE", node.user("alice") + "?timeout=1").send());

    assertRefused(answer, 500, "OperationTimedOut");
    assertThat(stored.of(node)).isEqualTo(before);
    // Without a timeout every statement has as long as connections give it.
    assertThat(stored.query("select reset_val from pg_settings where name = 'statement_timeout'"))
        .containsExactly("30000");
  }

  @Test
  @Covers("batch.delete-user.timeout")
  void deleteWithinItsTimeoutIsDone() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    assertThat(world.call("DELETE", node.user("alice") + "?timeout=30").send().status())
        .isEqualTo(200);
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.delete-user.client-request-id")
  void clientRequestIdIsBareGuid() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    for (String wrong : List.of("{" + GUID + "}", "(" + GUID + ")", GUID.replace("-", ""), "1")) {
      assertRefused(
          world.call("DELETE", node.user("alice")).header("client-request-id", wrong).send(),
          400,
          "InvalidHeaderValue",
          "HeaderName",
          "client-request-id",
          "HeaderValue",
          wrong);
    }
    assertThat(stored.names(node)).containsExactly("alice");

    assertThat(
            world
                .call("DELETE", node.user("alice"))
                .header("client-request-id", GUID)
                .send()
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "True, true", "false, false", "'', false"})
  @Covers("batch.delete-user.return-client-request-id")
  void clientRequestIdComesBackOnDemand(String wish, boolean comesBack) {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    for (String name : List.of("alice", "nobody")) {
      var call = world.call("DELETE", node.user(name)).header("client-request-id", GUID);
      if (!wish.isEmpty()) {
        call.header("return-client-request-id", wish);
      }

      Answer answer = call.send();

      assertThat(answer.status()).isEqualTo(name.equals("alice") ? 200 : 404);
      assertThat(answer.header("client-request-id").orElse("none"))
          .isEqualTo(comesBack ? GUID : "none");
    }
  }

  @Test
  @Covers({"batch.delete-user.ocp-date", "batch.delete-user.security"})
  void signedDeleteStatesItsTimeInOcpDate() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    String path = node.user("alice");

    String stale = HttpDate.format(clock.instant().minus(Duration.ofMinutes(16)));
    Answer refused = sendSigned(path, stale);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("code").asText()).isEqualTo("AuthenticationFailed");
    assertRefused(
        world.call("DELETE", path).header("ocp-date", "yesterday").send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "ocp-date",
        "HeaderValue",
        "yesterday");
    assertThat(stored.names(node)).containsExactly("alice");

    assertThat(sendSigned(path, HttpDate.format(clock.instant())).status()).isEqualTo(200);
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.common.date-headers")
  void timeOfASignedDeleteMayBeWrittenAsGoDoes() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    String utc = HttpDate.format(clock.instant()).replace("GMT", "UTC");
    String stale = HttpDate.format(clock.instant().minus(Duration.ofMinutes(16)));

    Answer refused = sendSigned(node.user("alice"), stale.replace("GMT", "UTC"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(stored.names(node)).containsExactly("alice");

    assertThat(sendSigned(node.user("alice"), utc).status()).isEqualTo(200);
    assertThat(stored.of(node)).isEmpty();
  }

  private Answer sendSigned(String path, String date) {
    return world
        .anonymous("DELETE", path + "?" + BatchWorld.VERSION)
        .header("ocp-date", date)
        .header("Authorization", DevelopmentKey.sign("DELETE", path, "", "", date))
        .send();
  }

  @Test
  @Covers("batch.delete-user.security")
  void bearerTokenIsAcceptedAndNothingIsNot() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    String target = node.user("alice") + "?" + BatchWorld.VERSION;

    assertRefused(
        world.anonymous("DELETE", target).send(),
        400,
        "MissingRequiredHeader",
        "HeaderName",
        "Authorization");
    String date = HttpDate.format(clock.instant());
    Answer forged =
        world
            .anonymous("DELETE", target)
            .header("ocp-date", date)
            .header("Authorization", DevelopmentKey.sign("DELETE", node.path(), "", "", date))
            .send();
    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.json().get("code").asText()).isEqualTo("AuthenticationFailed");
    assertThat(stored.names(node)).containsExactly("alice");

    assertThat(
            world.anonymous("DELETE", target).header("Authorization", "Bearer x").send().status())
        .isEqualTo(200);
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.delete-user.request-id")
  void everyAnswerHasRequestIdOfItsOwn() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    String first = delete(node, "alice").header("request-id").orElseThrow();
    String second = delete(node, "alice").header("request-id").orElseThrow();

    assertThat(first).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(second).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").isNotEqualTo(first);
  }
}
