package dev.roster.server.batch;

import dev.roster.server.batch.ComputeNodeRepository.PoolAndNode;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.database.Transactions;
import dev.roster.server.error.ApiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;

/** The rules for nodes. */
@Singleton
class ComputeNodeService {

  private final ComputeNodeRepository nodes;
  private final PoolRepository pools;
  private final ComputeNodeUserRepository users;
  private final Transactions transactions;
  private final RosterConfig.Batch.Node durations;
  private final Clock clock;

  /** A node, its pool and the time at which they were looked at. */
  record Sight(Pool pool, ComputeNode node, Instant now) {}

  @Inject
  ComputeNodeService(
      ComputeNodeRepository nodes,
      PoolRepository pools,
      ComputeNodeUserRepository users,
      Transactions transactions,
      RosterConfig config,
      Clock clock) {
    this.nodes = nodes;
    this.pools = pools;
    this.users = users;
    this.transactions = transactions;
    this.durations = config.batch().node();
    this.clock = clock;
  }

  /**
   * Looks at a node.
   *
   * @throws ApiException PoolNotFound, NodeNotFound
   */
  Sight get(String poolId, String nodeId) {
    Instant now = now();
    PoolAndNode found =
        nodes
            .findWithPool(poolId, nodeId)
            .filter(candidate -> candidate.pool().existsAt(now))
            .orElseThrow(BatchErrors::poolNotFound);
    if (found.node() == null) {
      throw BatchErrors.nodeNotFound();
    }
    return new Sight(found.pool(), found.node(), now);
  }

  /**
   * Looks at the nodes of a pool, in the order of their numbers.
   *
   * @param ordinal the number after which to begin; -1 for the first
   * @throws ApiException PoolNotFound
   */
  List<Sight> list(String poolId, int ordinal, int most) {
    return transactions.call(
        () -> {
          Instant now = now();
          Pool pool = pool(poolId, now);
          return nodes.listAfter(pool.key, ordinal, most).stream()
              .map(node -> new Sight(pool, node, now))
              .toList();
        });
  }

  /** Restarts a node; its accounts stay. */
  void reboot(String poolId, String nodeId) {
    change(
        poolId,
        nodeId,
        (node, now) -> {
          requireOperational(node, now);
          node.enter(NodeState.REBOOTING, now, durations.rebooting(), Duration.ZERO);
        });
  }

  /** Installs a node's system anew; its accounts go with the old one. */
  void reimage(String poolId, String nodeId) {
    transactions.run(
        () -> {
          Instant now = now();
          Pool pool = changeablePool(poolId, now);
          ComputeNode node = node(pool.key, nodeId, LockModeType.PESSIMISTIC_WRITE);
          if (!pool.cloudService) {
            throw BatchErrors.operationNotValidOnNode(
                "Operation reimage can be invoked only on pools created with"
                    + " cloudServiceConfiguration");
          }
          requireOperational(node, now);
          node.enter(NodeState.REIMAGING, now, durations.reimaging(), durations.starting());
          users.deleteAll(node);
        });
  }

  /** Takes a node out of the scheduling of tasks, or back into it. */
  void setScheduling(String poolId, String nodeId, boolean enabled) {
    change(
        poolId,
        nodeId,
        (node, now) -> {
          if (node.schedulingEnabled == enabled) {
            throw BatchErrors.nodeAlreadyInTargetSchedulingState();
          }
          if (!enabled) {
            requireOperational(node, now);
          }
          node.schedulingEnabled = enabled;
          node.schedulingChangedAt = now;
        });
  }

  /**
   * Finds a node within a transaction that is going to change it or its accounts.
   *
   * @throws ApiException PoolNotFound, PoolBeingDeleted, NodeNotFound
   */
  ComputeNode findForChange(String poolId, String nodeId, Instant now, LockModeType lock) {
    return node(changeablePool(poolId, now).key, nodeId, lock);
  }

  /**
   * Checks that a node is idle or running.
   *
   * @throws ApiException the code of the state that it is in
   */
  void requireOperational(ComputeNode node, Instant now) {
    NodeState state = node.stateAt(now);
    if (!state.isOperational()) {
      throw BatchErrors.notAllowedIn(state);
    }
  }

  private void change(String poolId, String nodeId, BiConsumer<ComputeNode, Instant> change) {
    transactions.run(
        () -> {
          Instant now = now();
          change.accept(findForChange(poolId, nodeId, now, LockModeType.PESSIMISTIC_WRITE), now);
        });
  }

  /** What the database keeps of the time. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Pool pool(String id, Instant now) {
    return pools.findExisting(id, now, LockModeType.NONE).orElseThrow(BatchErrors::poolNotFound);
  }

  private Pool changeablePool(String id, Instant now) {
    Pool pool = pool(id, now);
    if (pool.isDeleting()) {
      throw BatchErrors.poolBeingDeleted();
    }
    return pool;
  }

  private ComputeNode node(String poolKey, String id, LockModeType lock) {
    return nodes.find(poolKey, id, lock).orElseThrow(BatchErrors::nodeNotFound);
  }
}
