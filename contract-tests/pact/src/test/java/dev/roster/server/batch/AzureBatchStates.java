package dev.roster.server.batch;

import au.com.dius.pact.provider.junitsupport.State;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.pact.AzureBatchProviderStates;
import dev.roster.pact.ProviderStates;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Makes the states that the pact names, as rows of the real database.
 *
 * <p>Each begins by clearing everything of Azure Batch, so that none depends on what was before.
 */
@Singleton
public class AzureBatchStates {

  private static final Duration LONG = Duration.ofHours(1);

  private static final String LINUX =
      """
      {"id": "poolId", "vmSize": "Standard_D2_v3", "targetDedicatedNodes": %d,
       "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.ubuntu 20.04",
         "imageReference": {"publisher": "canonical", "offer": "0001-com-ubuntu-server-focal",
           "sku": "20_04-lts"}}}
      """;

  private static final String WINDOWS =
      """
      {"id": "poolId", "vmSize": "Standard_D2_v3", "targetDedicatedNodes": %d,
       "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.windows amd64",
         "imageReference": {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer",
           "sku": "2022-datacenter"}}}
      """;

  private static final String CLOUD_SERVICE =
      """
      {"id": "poolId", "vmSize": "small", "targetDedicatedNodes": %d,
       "cloudServiceConfiguration": {"osFamily": "5"}}
      """;

  @Inject PoolService service;
  @Inject PoolRepository pools;
  @Inject ComputeNodeRepository nodes;
  @Inject ComputeNodeUserRepository users;
  @Inject ObjectMapper json;
  @Inject Clock clock;

  /** Clears everything. */
  @State(AzureBatchProviderStates.NO_POOL)
  public void noPool() {
    QuarkusTransaction.requiringNew().run(this::clear);
  }

  /** Makes a pool without nodes. */
  @State(AzureBatchProviderStates.POOL_WITHOUT_NODES)
  public void poolWithoutNodes() {
    make(LINUX, 0, (node, now) -> {});
  }

  /** Makes a node without users. */
  @State(AzureBatchProviderStates.NODE_WITHOUT_USERS)
  public void nodeWithoutUsers() {
    make(LINUX, 1, (node, now) -> {});
  }

  /**
   * Makes a node with the user.
   *
   * @return the entity tag of its pool
   */
  @State(AzureBatchProviderStates.NODE_WITH_USER)
  public Map<String, Object> nodeWithUser() {
    Pool pool = make(LINUX, 1, this::addUser);
    return Map.of(ProviderStates.ENTITY_TAG, pool.entityTag());
  }

  /** Makes two nodes without users. */
  @State(AzureBatchProviderStates.TWO_NODES)
  public void twoNodes() {
    make(LINUX, 2, (node, now) -> {});
  }

  /** Makes a node of Windows virtual machines, with the user. */
  @State(AzureBatchProviderStates.WINDOWS_NODE)
  public void windowsNode() {
    make(WINDOWS, 1, this::addUser);
  }

  /** Makes a node of a cloud-service pool. */
  @State(AzureBatchProviderStates.CLOUD_SERVICE_NODE)
  public void cloudServiceNode() {
    make(CLOUD_SERVICE, 1, (node, now) -> {});
  }

  /** Makes a node out of scheduling. */
  @State(AzureBatchProviderStates.NODE_OFFLINE)
  public void nodeOffline() {
    makeWithUser((node, now) -> node.schedulingEnabled = false);
  }

  /** Makes a node whose start task failed. */
  @State(AzureBatchProviderStates.NODE_START_TASK_FAILED)
  public void nodeStartTaskFailed() {
    makeWithUser((node, now) -> node.pin(NodeState.START_TASK_FAILED, now));
  }

  /** Makes a node that is still being created. */
  @State(AzureBatchProviderStates.NODE_CREATING)
  public void nodeCreating() {
    makeWithUser((node, now) -> node.enter(NodeState.CREATING, now, LONG, Duration.ZERO));
  }

  /** Makes a node that is starting. */
  @State(AzureBatchProviderStates.NODE_STARTING)
  public void nodeStarting() {
    makeWithUser((node, now) -> node.enter(NodeState.CREATING, now, Duration.ZERO, LONG));
  }

  /** Makes a node that is rebooting. */
  @State(AzureBatchProviderStates.NODE_REBOOTING)
  public void nodeRebooting() {
    makeWithUser((node, now) -> node.enter(NodeState.REBOOTING, now, LONG, Duration.ZERO));
  }

  /** Makes a node that is being reimaged. */
  @State(AzureBatchProviderStates.NODE_REIMAGING)
  public void nodeReimaging() {
    makeWithUser((node, now) -> node.enter(NodeState.REIMAGING, now, LONG, Duration.ZERO));
  }

  /** Makes a node that is unusable. */
  @State(AzureBatchProviderStates.NODE_UNUSABLE)
  public void nodeUnusable() {
    makeWithUser((node, now) -> node.pin(NodeState.UNUSABLE, now));
  }

  /** Makes a pool that is being deleted. */
  @State(AzureBatchProviderStates.POOL_DELETING)
  public void poolDeleting() {
    makeWithUser(
        (node, now) -> {
          Pool pool = pools.findById(node.poolKey);
          pool.deletedAt = now;
          pool.modifiedAt = now;
          pool.goneAt = now.plus(LONG);
          node.pin(NodeState.LEAVING_POOL, now);
        });
  }

  /** Tells how many rows there are, for a look at what was made: pools, nodes and users. */
  String rows() {
    return QuarkusTransaction.requiringNew()
        .call(() -> pools.count() + " " + nodes.count() + " " + users.count());
  }

  /** Of a cloud service, whose nodes alone can be reimaged. */
  private void makeWithUser(BiConsumer<ComputeNode, Instant> change) {
    make(
        CLOUD_SERVICE,
        1,
        (node, now) -> {
          addUser(node, now);
          change.accept(node, now);
        });
  }

  private Pool make(String definition, int count, BiConsumer<ComputeNode, Instant> change) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              clear();
              Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
              Pool pool = service.newPool(PoolDefinition.of(read(definition, count)), now);
              pool.steadyAt = now;
              pools.persistAndFlush(pool);
              for (int i = 0; i < count; i++) {
                String id = i == 0 ? AzureBatchProviderStates.NODE_ID : NodeIds.next(true);
                ComputeNode node = service.newNode(pool, id, i, true, now);
                node.enter(NodeState.CREATING, now, Duration.ZERO, Duration.ZERO);
                nodes.persistAndFlush(node);
                change.accept(node, now);
              }
              return pool;
            });
  }

  private void addUser(ComputeNode node, Instant now) {
    AccountSettings settings = new AccountSettings(null, null, BatchTime.expiry(null, now));
    users.persist(
        ComputeNodeUser.of(node, AzureBatchProviderStates.USER_NAME, false, settings, now));
  }

  private void clear() {
    users.deleteAll();
    nodes.deleteAll();
    pools.deleteAll();
  }

  private ObjectNode read(String definition, int count) {
    try {
      return (ObjectNode) json.readTree(definition.formatted(count));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
