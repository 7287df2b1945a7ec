package dev.roster.server.batch;

import dev.roster.server.database.SpaceQueries;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The nodes of the pools. */
@Singleton
class ComputeNodeRepository implements PanacheRepositoryBase<ComputeNode, ComputeNode.Key> {

  private static final String WITH_POOL =
      """
      select {p.*}, {n.*} from batch_pool p
        left join batch_compute_node n
          on n.space = p.space and n.pool_key = p.pool_key and n.id = :node
        where p.space = :space and p.pool_key = :pool
      """;

  private final SpaceQueries queries;

  @Inject
  ComputeNodeRepository(SpaceQueries queries) {
    this.queries = queries;
  }

  /**
   * A pool and one of its nodes in one round trip.
   *
   * @return empty without the pool; with the pool but without the node, the node is null
   */
  Optional<PoolAndNode> findWithPool(String poolId, String nodeId) {
    return queries
        .select(WITH_POOL)
        .addEntity("p", Pool.class)
        .addEntity("n", ComputeNode.class)
        .setParameter("pool", Pool.key(poolId))
        .setParameter("node", nodeId)
        .uniqueResultOptional()
        .map(row -> new PoolAndNode((Pool) row[0], (ComputeNode) row[1]));
  }

  /** A pool and one of its nodes, null if it has none by that id. */
  record PoolAndNode(Pool pool, ComputeNode node) {}

  /** A node by its id. */
  Optional<ComputeNode> find(String poolKey, String id, LockModeType lock) {
    return Optional.ofNullable(findById(new ComputeNode.Key(poolKey, id), lock));
  }

  /** The nodes of a pool in the order of their numbers, from after a number on. */
  List<ComputeNode> listAfter(String poolKey, int ordinal, int most) {
    return find("poolKey = ?1 and ordinal > ?2 order by ordinal", poolKey, ordinal)
        .page(Page.ofSize(most))
        .list();
  }

  /** Gives all nodes of a pool a state that holds. */
  void pinAll(String poolKey, NodeState state, Instant now) {
    update("pinnedState = ?1, pinnedAt = ?2 where poolKey = ?3", state, now, poolKey);
  }
}
