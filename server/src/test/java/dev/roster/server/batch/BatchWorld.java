package dev.roster.server.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Batch tests stand on: pools of their own, the calls to them, and a look at what is stored.
 *
 * <p>Every test makes its own pool, so that no test meets the data of another.
 */
@Singleton
class BatchWorld {

  static final String VERSION = "api-version=2023-11-01.18.0";
  static final String BEARER = "Bearer token";

  private static final AtomicInteger POOLS = new AtomicInteger();

  @Inject PoolService pools;
  @Inject PoolRepository poolRepository;
  @Inject ComputeNodeRepository nodes;
  @Inject ComputeNodeUserRepository users;
  @Inject Clock clock;
  @Inject ObjectMapper json;
  @Inject HttpServer http;

  /** A node of a pool of its own. */
  record Node(String poolId, String id) {
    String path() {
      return "/pools/" + poolId + "/nodes/" + id;
    }

    String users() {
      return path() + "/users";
    }

    /** The path of an account whose name needs no encoding. */
    String user(String name) {
      return users() + "/" + name;
    }
  }

  String origin() {
    return "http://localhost:" + http.getPort();
  }

  /** A call with bearer token and api-version. */
  Call call(String method, String path) {
    return anonymous(method, path + (path.contains("?") ? "&" : "?") + VERSION)
        .header("Authorization", BEARER);
  }

  /** A call with nothing but what the test says. */
  Call anonymous(String method, String target) {
    return Call.of(Contract.AZURE_BATCH, origin(), method, target);
  }

  String newPoolId() {
    return "pool-" + POOLS.incrementAndGet();
  }

  /** The first node of a new Linux pool with one node. */
  Node linuxNode() {
    return node(linuxPool(newPoolId(), 1));
  }

  /** The first node of a new pool of Windows virtual machines. */
  Node windowsNode() {
    return node(
        """
        {"id": "%s", "vmSize": "standard_d2s_v3", "targetDedicatedNodes": 1,
         "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.windows amd64",
           "imageReference": {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer",
             "sku": "2022-datacenter"}}}
        """
            .formatted(newPoolId()));
  }

  /** The first node of a new pool with cloudServiceConfiguration, which is always Windows. */
  Node cloudServiceNode() {
    return node(
        """
        {"id": "%s", "vmSize": "small", "targetDedicatedNodes": 1,
         "cloudServiceConfiguration": {"osFamily": "6"}}
        """
            .formatted(newPoolId()));
  }

  /** The body of a request for a Linux pool. */
  static String linuxPool(String id, int nodes) {
    return """
        {"id": "%s", "vmSize": "standard_d2s_v3", "targetDedicatedNodes": %d,
         "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.ubuntu 24.04",
           "imageReference": {"publisher": "canonical", "offer": "ubuntu-24_04-lts",
             "sku": "server"}}}
        """
        .formatted(id, nodes);
  }

  /** Makes a pool and gives its first node. */
  Node node(String definition) {
    try {
      Pool pool = pools.add(PoolDefinition.of((ObjectNode) json.readTree(definition)));
      return new Node(pool.id, nodesOf(pool.id).get(0).id);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  List<ComputeNode> nodesOf(String poolId) {
    return QuarkusTransaction.requiringNew()
        .call(() -> nodes.listAfter(Pool.key(poolId), -1, PoolDefinition.MOST_NODES));
  }

  /** Puts an account on a node, past all rules. */
  void addUser(Node node, String name, AccountSettings settings) {
    change(
        node,
        entity ->
            users.persist(ComputeNodeUser.of(entity, name, false, settings, clock.instant())));
  }

  /** Puts an account on a node that has a password and no key and expires in a day. */
  void addUser(Node node, String name) {
    addUser(
        node, name, new AccountSettings("hash", null, clock.instant().plus(Duration.ofDays(1))));
  }

  /** Looks at the stored account of exactly this name. */
  Optional<ComputeNodeUser> user(Node node, String name) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                users
                    .find(
                        "poolKey = ?1 and nodeId = ?2 and name = ?3",
                        Pool.key(node.poolId()),
                        node.id(),
                        name)
                    .firstResultOptional());
  }

  /** Puts a node into a state that holds. */
  void pin(Node node, NodeState state) {
    change(node, entity -> entity.pin(state, clock.instant()));
  }

  /** Sends a node through a phase that lasts an hour. */
  void enter(Node node, NodeState phase, Duration length, Duration starting) {
    Instant now = clock.instant();
    change(node, entity -> entity.enter(phase, now, length, starting));
  }

  private void change(Node node, java.util.function.Consumer<ComputeNode> change) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                change.accept(
                    nodes.findById(new ComputeNode.Key(Pool.key(node.poolId()), node.id()))));
  }
}
