package dev.roster.server.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.sample.SampleWorld;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the documentation's Batch samples are about: one pool, one idle node, one account. */
@Singleton
class BatchSampleWorld implements SampleWorld {

  static final String POOL_ID = "poolId";
  static final String NODE_ID = "tvm-1695681911_1-20161121t182739z";
  static final String USER_NAME = "userName";

  private final PoolService pools;
  private final PoolRepository poolRepository;
  private final ComputeNodeRepository nodes;
  private final ComputeNodeUserRepository users;
  private final Clock clock;

  @Inject
  BatchSampleWorld(
      PoolService pools,
      PoolRepository poolRepository,
      ComputeNodeRepository nodes,
      ComputeNodeUserRepository users,
      Clock clock) {
    this.pools = pools;
    this.poolRepository = poolRepository;
    this.nodes = nodes;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "azure-batch";
  }

  @Override
  public void create() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Pool pool = pools.newPool(PoolDefinition.of(definition()), now);
    pool.steadyAt = now;
    poolRepository.persistAndFlush(pool);
    ComputeNode node = pools.newNode(pool, NODE_ID, 0, true, now);
    node.enter(NodeState.CREATING, now, Duration.ZERO, Duration.ZERO);
    nodes.persistAndFlush(node);
    users.persist(
        ComputeNodeUser.of(
            node,
            USER_NAME,
            false,
            new AccountSettings(null, null, BatchTime.expiry(null, now)),
            now));
  }

  private static ObjectNode definition() {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.put("id", POOL_ID);
    definition.put("vmSize", "standard_d2s_v3");
    definition.put(PoolDefinition.TARGET_DEDICATED_NODES, 1);
    ObjectNode configuration = definition.putObject(PoolDefinition.VIRTUAL_MACHINE_CONFIGURATION);
    configuration
        .putObject(PoolDefinition.IMAGE_REFERENCE)
        .put("publisher", "canonical")
        .put("offer", "ubuntu-24_04-lts")
        .put("sku", "server");
    configuration.put("nodeAgentSKUId", "batch.node.ubuntu 24.04");
    return definition;
  }
}
