package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
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
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ComputeNodeUserStatesTest {

  /** The state, its code, and its name where the code does not tell it. */
  private static final String REFUSING_STATES =
      """
      CREATING,               NodeBeingCreated,
      STARTING,               NodeBeingStarted,
      REBOOTING,              NodeBeingRebooted,
      REIMAGING,              NodeBeingReimaged,
      UNUSABLE,               NodeStateUnusable,
      WAITING_FOR_START_TASK, OperationInvalidForCurrentState, waitingforstarttask
      START_TASK_FAILED,      OperationInvalidForCurrentState, starttaskfailed
      UNKNOWN,                OperationInvalidForCurrentState, unknown
      LEAVING_POOL,           OperationInvalidForCurrentState, leavingpool
      OFFLINE,                OperationInvalidForCurrentState, offline
      PREEMPTED,              OperationInvalidForCurrentState, preempted
      """;

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Answer add(Node node) {
    return world.call("POST", node.users()).json("{\"name\": \"bob\", \"password\": \"p\"}").send();
  }

  private Answer update(Node node) {
    return world.call("PUT", node.user("alice")).json("{\"password\": \"new\"}").send();
  }

  private Answer delete(Node node) {
    return world.call("DELETE", node.user("alice")).send();
  }

  private Node nodeWithAlice() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    return node;
  }

  private static void assertRefusedFor(Answer answer, String code, String stateName) {
    if (stateName == null) {
      assertRefused(answer, 409, code);
    } else {
      assertRefused(answer, 409, code, "Reason", "The node is in the state " + stateName + ".");
    }
  }

  @Test
  void everyStateEitherAllowsOrRefuses() {
    assertThat(REFUSING_STATES.lines().count() + 2).isEqualTo(NodeState.values().length);
  }

  @ParameterizedTest
  @EnumSource(names = {"IDLE", "RUNNING"})
  @Covers({
    "batch.common.user-operations-allowed",
    "batch.update-user.only-idle-or-running",
    "batch.delete-user.only-idle-or-running"
  })
  void idleAndRunningNodesAllowEverything(NodeState state) {
    Node node = nodeWithAlice();
    world.pin(node, state);
    String before = stored.of(node).get(0);

    assertThat(add(node).status()).isEqualTo(201);
    assertThat(stored.names(node)).containsExactly("alice", "bob");
    assertThat(update(node).status()).isEqualTo(200);
    assertThat(stored.of(node).get(0)).isNotEqualTo(before);
    assertThat(delete(node).status()).isEqualTo(200);
    assertThat(stored.names(node)).containsExactly("bob");
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSING_STATES)
  @Covers({"batch.common.node-busy-codes", "batch.common.node-other-states"})
  void otherStatesRefuseAnAdd(NodeState state, String code, String stateName) {
    Node node = nodeWithAlice();
    world.pin(node, state);
    List<String> before = stored.of(node);

    assertRefusedFor(add(node), code, stateName);
    assertThat(stored.of(node)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSING_STATES)
  @Covers({
    "batch.update-user.only-idle-or-running",
    "batch.common.node-busy-codes",
    "batch.common.node-other-states"
  })
  void otherStatesRefuseAnUpdate(NodeState state, String code, String stateName) {
    Node node = nodeWithAlice();
    world.pin(node, state);
    List<String> before = stored.of(node);

    assertRefusedFor(update(node), code, stateName);
    assertThat(stored.of(node)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSING_STATES)
  @Covers({
    "batch.delete-user.only-idle-or-running",
    "batch.common.node-busy-codes",
    "batch.common.node-other-states"
  })
  void otherStatesRefuseDelete(NodeState state, String code, String stateName) {
    Node node = nodeWithAlice();
    world.pin(node, state);
    List<String> before = stored.of(node);

    assertRefusedFor(delete(node), code, stateName);
    assertThat(stored.of(node)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATING,  NodeBeingCreated",
    "REBOOTING, NodeBeingRebooted",
    "REIMAGING, NodeBeingReimaged"
  })
  @Covers({"batch.common.node-busy-codes", "batch.common.user-operations-allowed"})
  void nodeAllowsEverythingOnceItHasStarted(NodeState phase, String code) {
    clock.stop();
    Node node = nodeWithAlice();
    world.enter(node, phase, Duration.ofMinutes(10), Duration.ofMinutes(5));
    List<String> before = stored.of(node);

    clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    for (Answer answer : List.of(add(node), update(node), delete(node))) {
      assertRefused(answer, 409, code);
    }
    clock.advance(Duration.ofSeconds(1));
    for (Answer answer : List.of(add(node), update(node), delete(node))) {
      assertRefused(answer, 409, "NodeBeingStarted");
    }
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    for (Answer answer : List.of(add(node), update(node), delete(node))) {
      assertRefused(answer, 409, "NodeBeingStarted");
    }
    assertThat(stored.of(node)).isEqualTo(before);

    clock.advance(Duration.ofSeconds(1));
    assertThat(add(node).status()).isEqualTo(201);
    assertThat(update(node).status()).isEqualTo(200);
    assertThat(delete(node).status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.common.node-other-states")
  void nodeWithoutSchedulingIsOffline() {
    Node node = nodeWithAlice();
    assertThat(world.call("POST", node.path() + "/disablescheduling").send().status())
        .isEqualTo(200);
    List<String> before = stored.of(node);

    for (Answer answer : List.of(add(node), update(node), delete(node))) {
      assertRefusedFor(answer, "OperationInvalidForCurrentState", "offline");
    }
    assertThat(stored.of(node)).isEqualTo(before);

    assertThat(world.call("POST", node.path() + "/enablescheduling").send().status())
        .isEqualTo(200);
    assertThat(add(node).status()).isEqualTo(201);
    assertThat(update(node).status()).isEqualTo(200);
    assertThat(delete(node).status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.common.pool-deleting")
  void poolThatIsBeingDeletedRefusesUserOperationsAndNodeActions() {
    Node node = world.cloudServiceNode();
    world.addUser(node, "alice");
    world.pin(node, NodeState.LEAVING_POOL);
    Instant now = clock.stop();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              Pool pool = world.poolRepository.findById(Pool.key(node.poolId()));
              pool.deletedAt = now;
              pool.goneAt = now.plus(Duration.ofHours(1));
            });
    List<String> before = stored.of(node);

    for (Answer answer : List.of(add(node), update(node), delete(node))) {
      assertRefused(answer, 409, "PoolBeingDeleted");
    }
    for (String action : List.of("reboot", "reimage", "disablescheduling", "enablescheduling")) {
      assertRefused(world.call("POST", node.path() + "/" + action).send(), 409, "PoolBeingDeleted");
    }
    assertThat(stored.of(node)).isEqualTo(before);

    clock.advance(Duration.ofHours(1));
    for (Answer answer : List.of(add(node), update(node), delete(node))) {
      assertRefused(answer, 404, "PoolNotFound");
    }
  }
}
