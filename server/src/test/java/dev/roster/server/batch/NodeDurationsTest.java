package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(NodeDurationsTest.Durations.class)
@WithTestResource(DatabaseTestResource.class)
class NodeDurationsTest {

  /** Every duration differs from the others. */
  public static class Durations implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.batch.node.creating", "10m",
          "roster.batch.node.starting", "5m",
          "roster.batch.node.rebooting", "3m",
          "roster.batch.node.reimaging", "7m",
          "roster.batch.pool.resizing", "2m",
          "roster.batch.pool.deleting", "4m");
    }
  }

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers({
    "batch.get-node.configured-durations",
    "batch.get-node.unready-members",
    "batch.common.node-busy-codes"
  })
  void aNewNodeIsCreatedAndThenStartsBeforeItIsIdle() {
    Instant now = clock.stop();
    Node node = world.linuxNode();

    assertState(node, "creating", now);
    assertUnready(node);
    assertRefused(node, Refusal.of(409, "NodeBeingCreated"));
    clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertState(node, "creating", now);
    clock.advance(Duration.ofSeconds(1));
    assertState(node, "starting", now.plusSeconds(600));
    assertUnready(node);
    assertRefused(node, Refusal.of(409, "NodeBeingStarted"));
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    assertState(node, "starting", now.plusSeconds(600));
    clock.advance(Duration.ofSeconds(1));
    assertState(node, "idle", now.plusSeconds(900));
    assertThat(get(node).get("lastBootTime").asText()).isEqualTo(now.plusSeconds(900).toString());
    assertThat(get(node).get("allocationTime").asText()).isEqualTo(now.toString());
    assertThat(addUser(node).status()).isEqualTo(201);
  }

  @Test
  @Covers("batch.add-pool.resizing")
  void aNewPoolResizesBeforeItIsSteady() {
    Instant now = clock.stop();
    String path = "/pools/" + world.linuxNode().poolId();

    assertPool(path, "resizing", now, 0);
    clock.advance(Duration.ofMinutes(2).minusSeconds(1));
    assertPool(path, "resizing", now, 0);
    clock.advance(Duration.ofSeconds(1));
    assertPool(path, "steady", now.plusSeconds(120), 1);
  }

  @Test
  @Covers({"batch.reboot-node.rebooting", "batch.common.node-busy-codes"})
  void aRebootTakesItsTime() {
    Instant now = clock.stop();
    Node node = idle(world.linuxNode());
    world.addUser(node, "alice");

    assertThat(act(node, "reboot").status()).isEqualTo(202);

    assertState(node, "rebooting", now.plusSeconds(900));
    assertThat(get(node).get("lastBootTime").asText()).isEqualTo(now.plusSeconds(900).toString());
    assertRefused(node, Refusal.of(409, "NodeBeingRebooted"));
    assertThat(Refusal.of(act(node, "reboot"))).isEqualTo(Refusal.of(409, "NodeBeingRebooted"));
    assertThat(Refusal.of(act(node, "disablescheduling")))
        .isEqualTo(Refusal.of(409, "NodeBeingRebooted"));
    clock.advance(Duration.ofMinutes(3).minusSeconds(1));
    assertState(node, "rebooting", now.plusSeconds(900));
    // The boot before is still the last one.
    assertThat(get(node).get("lastBootTime").asText()).isEqualTo(now.plusSeconds(900).toString());
    assertThat(get(node).at("/nodeAgentInfo/lastUpdateTime").asText())
        .isEqualTo(now.plusSeconds(900).toString());
    clock.advance(Duration.ofSeconds(1));
    assertState(node, "idle", now.plusSeconds(1080));
    assertThat(get(node).get("lastBootTime").asText()).isEqualTo(now.plusSeconds(1080).toString());
    assertThat(world.user(node, "alice")).isPresent();
  }

  @Test
  @Covers({"batch.reimage-node.reimaging", "batch.common.node-busy-codes"})
  void aReimageTakesItsTimeAndThenTheNodeStarts() {
    Instant now = clock.stop();
    Node node = idle(world.cloudServiceNode());
    world.addUser(node, "alice");

    assertThat(act(node, "reimage").status()).isEqualTo(202);

    assertState(node, "reimaging", now.plusSeconds(900));
    assertRefused(node, Refusal.of(409, "NodeBeingReimaged"));
    assertThat(world.user(node, "alice")).isEmpty();
    clock.advance(Duration.ofMinutes(7).minusSeconds(1));
    assertState(node, "reimaging", now.plusSeconds(900));
    clock.advance(Duration.ofSeconds(1));
    assertState(node, "starting", now.plusSeconds(1320));
    assertUnready(node);
    assertRefused(node, Refusal.of(409, "NodeBeingStarted"));
    clock.advance(Duration.ofMinutes(5));
    assertState(node, "idle", now.plusSeconds(1620));
    assertThat(get(node).get("lastBootTime").asText()).isEqualTo(now.plusSeconds(1620).toString());
  }

  @Test
  @Covers({"batch.delete-pool.deleting", "batch.common.pool-deleting"})
  void aDeletedPoolStaysForAWhileAndItsNodesLeave() {
    Instant now = clock.stop();
    Node node = idle(world.linuxNode());
    world.addUser(node, "alice");
    String path = "/pools/" + node.poolId();
    String tag = world.call("HEAD", path).send().header("ETag").orElseThrow();

    Answer answer = world.call("DELETE", path).send();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.bytes()).isEmpty();
    Instant deleted = now.plusSeconds(900);
    clock.advance(Duration.ofMinutes(4).minusSeconds(1));
    JsonNode pool = world.call("GET", path).send().json();
    assertThat(pool.get("state").asText()).isEqualTo("deleting");
    assertThat(pool.get("stateTransitionTime").asText()).isEqualTo(deleted.toString());
    assertThat(pool.get("lastModified").asText()).isEqualTo(deleted.toString());
    assertThat(pool.get("eTag").asText())
        .isEqualTo(DotNetTicks.of(deleted).toHex())
        .isNotEqualTo(tag);
    assertState(node, "leavingpool", deleted);
    assertThat(
            Listings.ids(
                world
                    .call(
                        "GET", Listings.path(path + "/nodes", "$filter", "state eq 'leavingpool'"))
                    .send()))
        .containsExactly(node.id());
    assertThat(
            Listings.ids(
                world
                    .call(
                        "GET",
                        Listings.path(
                            "/pools",
                            "$filter",
                            "state eq 'deleting' and id eq '" + node.poolId() + "'"))
                    .send()))
        .containsExactly(node.poolId());
    assertRefused(node, Refusal.of(409, "PoolBeingDeleted"));
    for (String action : List.of("reboot", "reimage", "disablescheduling", "enablescheduling")) {
      assertThat(Refusal.of(act(node, action)))
          .as(action)
          .isEqualTo(Refusal.of(409, "PoolBeingDeleted"));
    }
    assertThat(world.user(node, "alice")).isPresent();
  }

  @Test
  @Covers({"batch.delete-pool.second-delete", "batch.delete-pool.gone"})
  void aDeletingPoolIsNeitherDeletedNorAddedAgainUntilItIsGone() {
    clock.stop();
    Node node = idle(world.linuxNode());
    world.addUser(node, "alice");
    String path = "/pools/" + node.poolId();
    String definition = BatchWorld.linuxPool(node.poolId(), 1);
    world.call("DELETE", path).send();
    clock.advance(Duration.ofMinutes(4).minusSeconds(1));

    assertThat(Refusal.of(world.call("DELETE", path).send()))
        .isEqualTo(Refusal.of(409, "PoolBeingDeleted"));
    assertThat(Refusal.of(world.call("POST", "/pools").json(definition).send()))
        .isEqualTo(Refusal.of(409, "PoolBeingDeleted"));

    clock.advance(Duration.ofSeconds(1));
    assertThat(Refusal.of(world.call("GET", path).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(Refusal.of(world.call("DELETE", path).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(Refusal.of(world.call("GET", node.path()).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(Refusal.of(addUser(node))).isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(
            Listings.ids(
                world
                    .call(
                        "GET", Listings.path("/pools", "$filter", "id eq '" + node.poolId() + "'"))
                    .send()))
        .isEmpty();
    assertThat(world.call("POST", "/pools").json(definition).send().status()).isEqualTo(201);
    assertThat(world.nodesOf(node.poolId())).hasSize(1).noneMatch(n -> n.id.equals(node.id()));
    assertThat(world.user(node, "alice")).isEmpty();
  }

  @Test
  void ofConcurrentDeletesOneBeginsTheDeletion() {
    String path = "/pools/" + world.linuxNode().poolId();

    List<Integer> statuses =
        Together.send(
                Collections.nCopies(8, path).stream()
                    .map(target -> world.call("DELETE", target))
                    .toList())
            .stream()
            .map(Answer::status)
            .sorted()
            .toList();

    assertThat(statuses).containsExactly(202, 409, 409, 409, 409, 409, 409, 409);
  }

  @Test
  @Covers("batch.common.no-server-errors")
  void deletionRacesWithNodeActionsWithoutServerErrors() {
    for (int round = 0; round < 5; round++) {
      Node node = idle(world.cloudServiceNode());

      List<Answer> answers =
          Together.send(
              List.of(
                  world.call("POST", node.path() + "/reboot"),
                  world.call("DELETE", "/pools/" + node.poolId()),
                  world.call("POST", node.path() + "/disablescheduling")));

      assertThat(answers.get(1).status()).isEqualTo(202);
      assertThat(answers)
          .as(() -> answers.stream().map(Answer::text).toList().toString())
          .allMatch(answer -> List.of(200, 202, 409).contains(answer.status()));
      assertThat(get(node).get("state").asText()).isEqualTo("leavingpool");
    }
  }

  @Test
  @Covers({"batch.add-pool.targets-limited", "batch.add-pool.nodes-created"})
  void aThousandNodesAreMadeListedAndGoThroughTheirStates() {
    clock.stop();
    String id = world.newPoolId();
    String definition =
        BatchWorld.linuxPool(id, 999)
            .replace("\"vmSize\"", "\"targetLowPriorityNodes\": 1, \"vmSize\"");

    assertThat(world.call("POST", "/pools").json(definition).send().status()).isEqualTo(201);

    String nodes = "/pools/" + id + "/nodes";
    Answer all = world.call("GET", nodes + "?$select=id,state,endpointConfiguration").send();
    assertThat(all.json().has("odata.nextLink")).isFalse();
    assertThat(Listings.ids(all)).hasSize(1000).doesNotHaveDuplicates();
    assertThat(all.json().at("/value/999/id").asText()).endsWith("_p");
    assertThat(
            all.json()
                .at("/value/999/endpointConfiguration/inboundEndpoints/0/frontendPort")
                .asInt())
        .isEqualTo(50999);
    assertThat(all.json().get("value").findValuesAsText("state")).containsOnly("creating");
    clock.advance(Duration.ofMinutes(15));
    assertThat(
            Listings.pages(
                    world, Listings.path(nodes + "?maxresults=400", "$filter", "state eq 'idle'"))
                .stream()
                .map(page -> Listings.ids(page).size()))
        .containsExactly(400, 400, 200);
  }

  private void assertState(Node node, String state, Instant since) {
    JsonNode shown = get(node);
    assertThat(shown.get("state").asText()).isEqualTo(state);
    assertThat(shown.get("stateTransitionTime").asText()).isEqualTo(since.toString());
    JsonNode listed =
        world
            .call("GET", "/pools/" + node.poolId() + "/nodes?$select=state,stateTransitionTime")
            .send()
            .json()
            .at("/value/0");
    assertThat(listed.get("state").asText()).isEqualTo(state);
    assertThat(listed.get("stateTransitionTime").asText()).isEqualTo(since.toString());
  }

  private void assertUnready(Node node) {
    JsonNode shown = get(node);
    assertThat(shown.has("lastBootTime")).isFalse();
    assertThat(shown.has("certificateReferences")).isFalse();
    assertThat(shown.has("nodeAgentInfo")).isFalse();
  }

  private void assertPool(String path, String allocationState, Instant since, int nodes) {
    JsonNode pool = world.call("GET", path).send().json();
    assertThat(pool.get("allocationState").asText()).isEqualTo(allocationState);
    assertThat(pool.get("allocationStateTransitionTime").asText()).isEqualTo(since.toString());
    assertThat(pool.get("currentDedicatedNodes").asInt()).isEqualTo(nodes);
    assertThat(pool.get("targetDedicatedNodes").asInt()).isEqualTo(1);
    assertThat(pool.get("state").asText()).isEqualTo("active");
  }

  /** Every operation on accounts is refused alike. */
  private void assertRefused(Node node, Refusal refusal) {
    assertThat(Refusal.of(addUser(node))).isEqualTo(refusal);
    assertThat(
            Refusal.of(
                world.call("PUT", node.user("alice")).json("{\"password\": \"secret-2\"}").send()))
        .isEqualTo(refusal);
    assertThat(Refusal.of(world.call("DELETE", node.user("alice")).send())).isEqualTo(refusal);
  }

  private Answer addUser(Node node) {
    return world
        .call("POST", node.users())
        .json("{\"name\": \"bob\", \"password\": \"secret-1\"}")
        .send();
  }

  private Node idle(Node node) {
    clock.advance(Duration.ofMinutes(15));
    return node;
  }

  private Answer act(Node node, String action) {
    return world.call("POST", node.path() + "/" + action).send();
  }

  private JsonNode get(Node node) {
    return world.call("GET", node.path()).send().json();
  }
}
