package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of another space, which have the same ids, are neither seen nor touched. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SpacesTest {

  private static final List<String> TABLES =
      List.of("batch_pool", "batch_compute_node", "batch_compute_node_user");

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;
  @Inject ComputeNodeRepository nodes;
  @Inject ComputeNodeUserRepository users;

  @AfterEach
  void forgetTheOtherSpace() {
    stored.execute("delete from batch_pool where space = 'other'");
  }

  /** Copies a pool with all that belongs to it into another space. */
  private void copyToOtherSpace(Node node) {
    for (String table : TABLES) {
      stored.execute(
          "insert into "
              + table
              + " select (jsonb_populate_record(t, '{\"space\": \"other\"}')).*"
              + " from "
              + table
              + " t where space = 'default' and pool_key = ?",
          Pool.key(node.poolId()));
    }
  }

  private List<String> other(Node node) {
    return TABLES.stream()
        .flatMap(
            table ->
                stored
                    .query(
                        "select t::text from "
                            + table
                            + " t where space = 'other' and pool_key = ?",
                        Pool.key(node.poolId()))
                    .stream())
        .toList();
  }

  private void pinInOtherSpace(Node node, NodeState state) {
    stored.execute(
        "update batch_compute_node set pinned_state = ?, pinned_at = now()"
            + " where space = 'other' and pool_key = ?",
        state.name(),
        Pool.key(node.poolId()));
  }

  private Answer get(String path) {
    return world.call("GET", path).send();
  }

  private Answer add(Node node, String name) {
    return world
        .call("POST", node.users())
        .json("{\"name\": \"%s\", \"password\": \"p\"}".formatted(name))
        .send();
  }

  private Answer update(Node node, String name) {
    return world.call("PUT", node.user(name)).json("{\"password\": \"p\"}").send();
  }

  private Answer delete(Node node, String name) {
    return world.call("DELETE", node.user(name)).send();
  }

  private static List<String> ids(Answer list) {
    assertThat(list.status()).isEqualTo(200);
    return list.json().get("value").findValuesAsText("id");
  }

  @Test
  void poolOfAnotherSpaceDoesNotExist() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    copyToOtherSpace(node);
    stored.execute(
        "delete from batch_pool where space = 'default' and pool_key = ?", Pool.key(node.poolId()));
    List<String> before = other(node);
    assertThat(before).hasSize(3);
    String pool = "/pools/" + node.poolId();

    assertThat(ids(get("/pools?$filter=id%20eq%20'" + node.poolId() + "'"))).isEmpty();
    assertRefused(get(pool), 404, "PoolNotFound");
    assertThat(world.call("HEAD", pool).send().status()).isEqualTo(404);
    assertRefused(world.call("DELETE", pool).send(), 404, "PoolNotFound");
    assertRefused(get(pool + "/nodes"), 404, "PoolNotFound");
    assertRefused(get(node.path()), 404, "PoolNotFound");
    assertRefused(add(node, "bob"), 404, "PoolNotFound");
    assertRefused(update(node, "alice"), 404, "PoolNotFound");
    assertRefused(delete(node, "alice"), 404, "PoolNotFound");
    assertThat(other(node)).isEqualTo(before);

    assertThat(
            world
                .call("POST", "/pools")
                .json(BatchWorld.linuxPool(node.poolId(), 0))
                .send()
                .status())
        .isEqualTo(201);
    assertThat(ids(get(pool + "/nodes"))).isEmpty();
    assertThat(other(node)).isEqualTo(before);
  }

  @Test
  void nodeOfAnotherSpaceDoesNotExist() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    copyToOtherSpace(node);
    stored.execute(
        "delete from batch_compute_node where space = 'default' and pool_key = ?",
        Pool.key(node.poolId()));
    List<String> before = other(node);

    assertThat(ids(get("/pools/" + node.poolId() + "/nodes"))).isEmpty();
    assertRefused(get(node.path()), 404, "NodeNotFound");
    assertRefused(world.call("POST", node.path() + "/reboot").send(), 404, "NodeNotFound");
    assertRefused(
        world.call("POST", node.path() + "/disablescheduling").send(), 404, "NodeNotFound");
    assertRefused(add(node, "bob"), 404, "NodeNotFound");
    assertRefused(update(node, "alice"), 404, "NodeNotFound");
    assertRefused(delete(node, "alice"), 404, "NodeNotFound");
    assertThat(other(node)).isEqualTo(before);
  }

  @Test
  void userOfAnotherSpaceDoesNotExist() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    copyToOtherSpace(node);
    stored.execute(
        "delete from batch_compute_node_user where space = 'default' and pool_key = ?",
        Pool.key(node.poolId()));
    List<String> before = other(node);

    assertRefused(update(node, "alice"), 404, "NodeUserNotFound");
    assertRefused(delete(node, "alice"), 404, "NodeUserNotFound");
    assertThat(add(node, "alice").status()).isEqualTo(201);
    assertThat(stored.names(node)).containsExactly("alice");
    assertThat(other(node)).isEqualTo(before);
  }

  @Test
  void userOperationsChangeOwnRowsOnly() {
    for (Node node : List.of(world.linuxNode(), world.windowsNode())) {
      world.addUser(node, "alice");
      copyToOtherSpace(node);
      List<String> before = other(node);
      List<String> own = stored.of(node);

      assertThat(update(node, "alice").status()).isEqualTo(200);
      assertThat(stored.of(node)).isNotEqualTo(own);
      assertThat(add(node, "bob").status()).isEqualTo(201);
      assertThat(delete(node, "alice").status()).isEqualTo(200);
      assertThat(stored.names(node)).containsExactly("bob");
      assertThat(other(node)).isEqualTo(before);
    }
  }

  @Test
  void operationalNodeOfAnotherSpaceAllowsNothing() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    world.pin(node, NodeState.UNUSABLE);
    copyToOtherSpace(node);
    List<String> own = stored.of(node);
    for (NodeState state : List.of(NodeState.IDLE, NodeState.RUNNING)) {
      pinInOtherSpace(node, state);

      assertRefused(add(node, "bob"), 409, "NodeStateUnusable");
      assertRefused(update(node, "alice"), 409, "NodeStateUnusable");
      assertRefused(delete(node, "alice"), 409, "NodeStateUnusable");
      assertThat(stored.of(node)).isEqualTo(own);
    }
  }

  @Test
  void unusableNodeOfAnotherSpaceForbidsNothing() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    copyToOtherSpace(node);
    pinInOtherSpace(node, NodeState.UNUSABLE);

    assertThat(add(node, "bob").status()).isEqualTo(201);
    assertThat(update(node, "alice").status()).isEqualTo(200);
    assertThat(delete(node, "alice").status()).isEqualTo(200);
  }

  @Test
  void nodeActionsChangeOwnRowsOnly() {
    Node node = world.cloudServiceNode();
    world.addUser(node, "alice");
    copyToOtherSpace(node);
    List<String> before = other(node);

    assertThat(ids(get("/pools/" + node.poolId() + "/nodes"))).containsExactly(node.id());
    assertThat(world.call("POST", node.path() + "/reboot").send().status()).isEqualTo(202);
    assertThat(world.call("POST", node.path() + "/reimage").send().status()).isEqualTo(202);
    assertThat(stored.of(node)).isEmpty();
    assertThat(world.call("POST", node.path() + "/disablescheduling").send().status())
        .isEqualTo(200);
    assertThat(other(node)).isEqualTo(before);
  }

  @Test
  void poolOperationsChangeOwnRowsOnly() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    copyToOtherSpace(node);
    stored.execute(
        "update batch_pool set deleted_at = now() - interval '2 hours',"
            + " gone_at = now() - interval '1 hour' where space = 'other' and pool_key = ?",
        Pool.key(node.poolId()));
    List<String> before = other(node);

    assertThat(ids(get("/pools?$filter=id%20eq%20'" + node.poolId() + "'")))
        .containsExactly(node.poolId());
    // Adding a pool forgets those that are gone.
    world.linuxNode();
    assertThat(other(node)).isEqualTo(before);
    assertThat(world.call("DELETE", "/pools/" + node.poolId()).send().status()).isEqualTo(202);
    assertThat(stored.of(node)).isEmpty();
    assertThat(other(node)).isEqualTo(before);
  }

  @Test
  void statementsOfTheRepositoriesStayWithinTheSpace() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    copyToOtherSpace(node);
    List<String> before = other(node);
    Instant later = world.clock.instant().plus(Duration.ofDays(30));

    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              String pool = Pool.key(node.poolId());
              nodes.pinAll(pool, NodeState.LEAVING_POOL, later);
              assertThat(users.of(nodes.listAfter(pool, -1, 10).get(0))).hasSize(1);
              users.deleteExpired(new AccountName(node.poolId(), node.id(), "alice"), false, later);
            });

    assertThat(stored.of(node)).isEmpty();
    assertThat(world.nodesOf(node.poolId()).get(0).pinnedState).isEqualTo(NodeState.LEAVING_POOL);
    assertThat(other(node)).isEqualTo(before);
  }
}
