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
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class NodeActionsTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers({"batch.reboot-node.rebooting", "batch.reboot-node.keeps-users"})
  void aRebootedNodeIsIdleAtOnceAndKeepsItsUsers() {
    Instant now = clock.stop();
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    clock.advance(Duration.ofMinutes(1));

    Answer answer = act(node, "reboot");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId")).contains(world.origin() + node.path() + "/reboot");
    assertThat(answer.header("ETag")).isEmpty();
    JsonNode shown = get(node);
    assertThat(shown.get("state").asText()).isEqualTo("idle");
    assertThat(shown.get("stateTransitionTime").asText()).isEqualTo(now.plusSeconds(60).toString());
    assertThat(shown.get("lastBootTime").asText()).isEqualTo(now.plusSeconds(60).toString());
    assertThat(shown.get("allocationTime").asText()).isEqualTo(now.toString());
    assertThat(world.user(node, "alice").orElseThrow().passwordHash).isEqualTo("hash");
    assertThat(world.call("DELETE", node.user("alice")).send().status()).isEqualTo(200);
  }

  @Test
  @Covers({"batch.reimage-node.reimaging", "batch.reimage-node.drops-users"})
  void aReimagedNodeIsIdleAtOnceAndLosesItsUsers() {
    Node node = world.cloudServiceNode();
    Node other = world.cloudServiceNode();
    world.addUser(node, "alice");
    world.addUser(node, "bob");
    world.addUser(other, "alice");

    Answer answer = act(node, "reimage");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId")).contains(world.origin() + node.path() + "/reimage");
    assertThat(get(node).get("state").asText()).isEqualTo("idle");
    assertThat(get(node).get("id").asText()).isEqualTo(node.id());
    assertThat(world.user(node, "alice")).isEmpty();
    assertThat(world.user(node, "bob")).isEmpty();
    assertThat(world.user(other, "alice")).isPresent();
    assertThat(Refusal.of(world.call("DELETE", node.user("alice")).send()))
        .isEqualTo(Refusal.of(404, "NodeUserNotFound"));
  }

  @Test
  @Covers("batch.reimage-node.virtual-machine-refused")
  void aVirtualMachineIsNotReimaged() {
    for (Node node : List.of(world.linuxNode(), world.windowsNode())) {
      world.addUser(node, "alice");

      assertThat(Refusal.of(act(node, "reimage")))
          .isEqualTo(
              Refusal.of(
                  409,
                  "OperationNotValidOnNode",
                  "Reason",
                  "Operation reimage can be invoked only on pools created with"
                      + " cloudServiceConfiguration"));
      assertThat(world.user(node, "alice")).isPresent();
    }
  }

  @Test
  @Covers("batch.disable-scheduling.disabled")
  void aDisabledNodeIsOffline() {
    Instant now = clock.stop();
    Node node = world.linuxNode();
    clock.advance(Duration.ofMinutes(1));

    Answer answer = act(node, "disablescheduling");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId"))
        .contains(world.origin() + node.path() + "/disablescheduling");
    JsonNode shown = get(node);
    assertThat(shown.get("schedulingState").asText()).isEqualTo("disabled");
    assertThat(shown.get("state").asText()).isEqualTo("offline");
    assertThat(shown.get("stateTransitionTime").asText()).isEqualTo(now.plusSeconds(60).toString());
    assertThat(shown.get("lastBootTime").asText()).isEqualTo(now.toString());
  }

  @Test
  @Covers("batch.disable-scheduling.already")
  void aDisabledNodeIsNotDisabledAgain() {
    Node node = world.linuxNode();
    act(node, "disablescheduling");

    assertThat(Refusal.of(act(node, "disablescheduling")))
        .isEqualTo(Refusal.of(409, "NodeAlreadyInTargetSchedulingState"));
    assertThat(get(node).get("schedulingState").asText()).isEqualTo("disabled");
  }

  @Test
  @Covers("batch.enable-scheduling.enabled")
  void anEnabledNodeIsIdle() {
    Instant now = clock.stop();
    Node node = world.linuxNode();
    act(node, "disablescheduling");
    clock.advance(Duration.ofMinutes(1));

    Answer answer = act(node, "enablescheduling");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId"))
        .contains(world.origin() + node.path() + "/enablescheduling");
    JsonNode shown = get(node);
    assertThat(shown.get("schedulingState").asText()).isEqualTo("enabled");
    assertThat(shown.get("state").asText()).isEqualTo("idle");
    assertThat(shown.get("stateTransitionTime").asText()).isEqualTo(now.plusSeconds(60).toString());
  }

  @Test
  @Covers("batch.enable-scheduling.already")
  void anEnabledNodeIsNotEnabledAgain() {
    Node node = world.linuxNode();

    assertThat(Refusal.of(act(node, "enablescheduling")))
        .isEqualTo(Refusal.of(409, "NodeAlreadyInTargetSchedulingState"));
    assertThat(get(node).get("schedulingState").asText()).isEqualTo("enabled");
  }

  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of(NodeState.CREATING, Refusal.of(409, "NodeBeingCreated")),
        Arguments.of(NodeState.STARTING, Refusal.of(409, "NodeBeingStarted")),
        Arguments.of(NodeState.REBOOTING, Refusal.of(409, "NodeBeingRebooted")),
        Arguments.of(NodeState.REIMAGING, Refusal.of(409, "NodeBeingReimaged")),
        Arguments.of(NodeState.UNUSABLE, Refusal.of(409, "NodeStateUnusable")),
        Arguments.of(NodeState.WAITING_FOR_START_TASK, invalidIn("waitingforstarttask")),
        Arguments.of(NodeState.START_TASK_FAILED, invalidIn("starttaskfailed")),
        Arguments.of(NodeState.UNKNOWN, invalidIn("unknown")),
        Arguments.of(NodeState.LEAVING_POOL, invalidIn("leavingpool")),
        Arguments.of(NodeState.OFFLINE, invalidIn("offline")),
        Arguments.of(NodeState.PREEMPTED, invalidIn("preempted")));
  }

  @ParameterizedTest
  @MethodSource("states")
  @Covers({
    "batch.reboot-node.only-idle-or-running",
    "batch.common.node-busy-codes",
    "batch.common.node-other-states"
  })
  void actsOnIdleAndRunningNodesOnly(NodeState state, Refusal refusal) {
    Node node = world.cloudServiceNode();
    world.addUser(node, "alice");
    world.pin(node, state);

    for (String action : List.of("reboot", "reimage", "disablescheduling")) {
      assertThat(Refusal.of(act(node, action))).as(action).isEqualTo(refusal);
    }
    assertThat(
            Refusal.of(
                world
                    .call("POST", node.users())
                    .json("{\"name\": \"bob\", \"password\": \"secret-1\"}")
                    .send()))
        .isEqualTo(refusal);
    assertThat(get(node).get("state").asText()).isEqualTo(state.wireValue());
    assertThat(get(node).get("schedulingState").asText()).isEqualTo("enabled");
    assertThat(world.user(node, "alice")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reboot", "reimage", "disablescheduling"})
  @Covers("batch.reboot-node.only-idle-or-running")
  void actsOnARunningNode(String action) {
    Node node = world.cloudServiceNode();
    world.pin(node, NodeState.RUNNING);

    assertThat(act(node, action).status()).isIn(200, 202);
  }

  @Test
  @Covers({"batch.reboot-node.only-idle-or-running", "batch.common.node-other-states"})
  void aDisabledNodeRefusesActionsAndUsersUntilItIsEnabled() {
    Node node = world.cloudServiceNode();
    act(node, "disablescheduling");

    assertThat(Refusal.of(act(node, "reboot"))).isEqualTo(invalidIn("offline"));
    assertThat(Refusal.of(act(node, "reimage"))).isEqualTo(invalidIn("offline"));
    assertThat(
            Refusal.of(
                world
                    .call("POST", node.users())
                    .json("{\"name\": \"bob\", \"password\": \"secret-1\"}")
                    .send()))
        .isEqualTo(invalidIn("offline"));

    act(node, "enablescheduling");
    assertThat(act(node, "reboot").status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reboot", "reimage", "disablescheduling"})
  @Covers("batch.reboot-node.body-optional")
  void theBodyIsOptional(String action) {
    int done = action.equals("disablescheduling") ? 200 : 202;

    assertThat(act(world.cloudServiceNode(), action).status()).isEqualTo(done);
    assertThat(send(world.cloudServiceNode(), action, "").status()).isEqualTo(done);
    assertThat(send(world.cloudServiceNode(), action, "{}").status()).isEqualTo(done);
  }

  static Stream<Arguments> options() {
    return Stream.of(
            Map.entry("reboot", "nodeRebootOption"),
            Map.entry("reimage", "nodeReimageOption"),
            Map.entry("disablescheduling", "nodeDisableSchedulingOption"))
        .map(option -> Arguments.of(option.getKey(), option.getValue()));
  }

  @ParameterizedTest
  @MethodSource("options")
  void knowsTheOptionsOfActions(String action, String option) {
    int done = action.equals("disablescheduling") ? 200 : 202;

    for (String value : List.of("requeue", "terminate", "taskcompletion")) {
      assertThat(send(world.cloudServiceNode(), action, body(option, "\"" + value + "\"")).status())
          .as(value)
          .isEqualTo(done);
    }
    assertThat(send(world.cloudServiceNode(), action, body(option, "null")).status())
        .isEqualTo(done);
    assertThat(send(world.cloudServiceNode(), action, body(option, "\"retaineddata\"")).status())
        .isEqualTo(action.equals("disablescheduling") ? 400 : 202);
    Refusal unknown = Refusal.of(send(world.cloudServiceNode(), action, body(option, "\"later\"")));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.code()).isEqualTo("InvalidPropertyValue");
    assertThat(unknown.values()).containsEntry("PropertyName", option);
  }

  @ParameterizedTest
  @MethodSource("options")
  @Covers({"batch.common.body-wrong-type", "batch.common.body-malformed"})
  void refusesBodiesOfTheWrongType(String action, String option) {
    Node node = world.cloudServiceNode();

    for (String body : List.of(body(option, "{}"), "[]", "{", "\"x\"")) {
      assertThat(Refusal.of(send(node, action, body)))
          .as(body)
          .isEqualTo(Refusal.of(400, "InvalidRequestBody"));
    }
    assertThat(get(node).get("schedulingState").asText()).isEqualTo("enabled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reboot", "reimage", "disablescheduling", "enablescheduling"})
  @Covers({"batch.common.pool-unknown", "batch.common.node-unknown"})
  void unknownPoolsAndNodesAreNotFound(String action) {
    Node node = world.cloudServiceNode();

    assertThat(Refusal.of(act(new Node("absent", node.id()), action)))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(Refusal.of(act(new Node(node.poolId(), "absent"), action)))
        .isEqualTo(Refusal.of(404, "NodeNotFound"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disablescheduling", "enablescheduling"})
  @Covers({"batch.disable-scheduling.already", "batch.enable-scheduling.already"})
  void ofConcurrentChangesOfSchedulingOneSucceeds(String action) {
    Node node = world.linuxNode();
    if (action.equals("enablescheduling")) {
      act(node, "disablescheduling");
    }

    List<Integer> statuses =
        Together.send(
                Stream.generate(() -> world.call("POST", node.path() + "/" + action))
                    .limit(6)
                    .toList())
            .stream()
            .map(Answer::status)
            .sorted()
            .toList();

    assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409);
  }

  private static String body(String option, String value) {
    return "{\"" + option + "\": " + value + "}";
  }

  private static Refusal invalidIn(String state) {
    return Refusal.of(
        409,
        "OperationInvalidForCurrentState",
        "Reason",
        "The node is in the state " + state + ".");
  }

  private Answer act(Node node, String action) {
    return world.call("POST", node.path() + "/" + action).send();
  }

  private Answer send(Node node, String action, String body) {
    return world.call("POST", node.path() + "/" + action).json(body).send();
  }

  private JsonNode get(Node node) {
    return world.call("GET", node.path()).send().json();
  }
}
