package dev.roster.server.batch;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.database.DatabaseFailures;
import dev.roster.server.database.Transactions;
import dev.roster.server.error.ApiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The rules for pools. */
@Singleton
class PoolService {

  private final PoolRepository pools;
  private final ComputeNodeRepository nodes;
  private final Transactions transactions;
  private final RosterConfig.Batch durations;
  private final Clock clock;

  /** A pool and the time at which it was looked at. */
  record Sight(Pool pool, Instant now) {}

  @Inject
  PoolService(
      PoolRepository pools,
      ComputeNodeRepository nodes,
      Transactions transactions,
      RosterConfig config,
      Clock clock) {
    this.pools = pools;
    this.nodes = nodes;
    this.transactions = transactions;
    this.durations = config.batch();
    this.clock = clock;
  }

  /**
   * Adds a pool with its nodes.
   *
   * @throws ApiException PoolExists; PoolBeingDeleted while an older pool of that id still goes
   */
  Pool add(PoolDefinition definition) {
    try {
      return transactions.call(
          () -> {
            Instant now = now();
            pools.deleteGone(now);
            pools
                .findByIdOptional(Pool.key(definition.id()))
                .ifPresent(
                    pool -> {
                      throw pool.isDeleting()
                          ? BatchErrors.poolBeingDeleted()
                          : BatchErrors.poolExists();
                    });
            Pool pool = newPool(definition, now);
            pools.persistAndFlush(pool);
            for (int i = 0; i < pool.dedicatedNodes + pool.lowPriorityNodes; i++) {
              boolean dedicated = i < pool.dedicatedNodes;
              nodes.persist(newNode(pool, NodeIds.next(dedicated), i, dedicated, now));
            }
            return pool;
          });
    } catch (PersistenceException e) {
      if (DatabaseFailures.isUniqueViolation(e)) {
        throw BatchErrors.poolExists();
      }
      throw e;
    }
  }

  /**
   * Looks at a pool.
   *
   * @throws ApiException PoolNotFound, or what the conditions of the request say
   */
  Sight get(String id, Conditions conditions) {
    return transactions.call(
        () -> {
          Instant now = now();
          Pool pool =
              pools.findExisting(id, now, LockModeType.NONE).orElseThrow(BatchErrors::poolNotFound);
          conditions.checkRead(pool);
          return new Sight(pool, now);
        });
  }

  /** Looks at the pools in the order of their ids, from after a key on. */
  List<Sight> list(String key, int most) {
    return transactions.call(
        () -> {
          Instant now = now();
          return pools.listAfter(key, most, now).stream()
              .map(pool -> new Sight(pool, now))
              .toList();
        });
  }

  /**
   * Deletes a pool; it stays visible for the configured time.
   *
   * @throws ApiException PoolNotFound, PoolBeingDeleted, or what the conditions of the request say
   */
  void delete(String id, Conditions conditions) {
    transactions.run(
        () -> {
          Instant now = now();
          Pool pool =
              pools
                  .findExisting(id, now, LockModeType.PESSIMISTIC_WRITE)
                  .orElseThrow(BatchErrors::poolNotFound);
          if (pool.isDeleting()) {
            throw BatchErrors.poolBeingDeleted();
          }
          conditions.checkWrite(pool);
          Duration deleting = durations.pool().deleting();
          if (deleting.isZero()) {
            pools.delete(pool);
            return;
          }
          pool.deletedAt = now;
          pool.modifiedAt = now;
          pool.goneAt = now.plus(deleting);
          nodes.pinAll(pool.key, NodeState.LEAVING_POOL, now);
        });
  }

  /** What the database keeps of the time. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Makes a pool that is not stored yet. */
  Pool newPool(PoolDefinition definition, Instant now) {
    Pool pool = new Pool();
    pool.key = Pool.key(definition.id());
    pool.id = definition.id();
    pool.definition = definition.json().toString();
    pool.windows = definition.isWindows();
    pool.cloudService = definition.isCloudService();
    pool.dedicatedNodes = definition.dedicatedNodes();
    pool.lowPriorityNodes = definition.lowPriorityNodes();
    pool.createdAt = now;
    pool.modifiedAt = now;
    pool.steadyAt = now.plus(durations.pool().resizing());
    return pool;
  }

  /** Makes a node that goes through its first phases. */
  ComputeNode newNode(Pool pool, String id, int ordinal, boolean dedicated, Instant now) {
    ComputeNode node = new ComputeNode();
    node.poolKey = pool.key;
    node.id = id;
    node.ordinal = ordinal;
    node.dedicated = dedicated;
    node.windows = pool.windows;
    node.createdAt = now;
    node.schedulingChangedAt = now;
    node.enter(NodeState.CREATING, now, durations.node().creating(), durations.node().starting());
    return node;
  }
}
