package dev.roster.server.batch;

import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes of the pools. */
@Singleton
class ComputeNodeRepository implements PanacheRepositoryBase<ComputeNode, ComputeNode.Key> {

  private static final SpaceSql WITH_POOL =
      SpaceSql.of(
          """
          select p.pool_key, p.id as pool_id, p.definition, p.windows, p.cloud_service,
            p.dedicated_nodes, p.low_priority_nodes, p.created_at as pool_created_at,
            p.modified_at, p.steady_at, p.deleted_at, p.gone_at,
            n.id as node_id, n.ordinal, n.dedicated, n.phase, n.phase_started_at, n.phase_ends_at,
            n.operational_at, n.booted_at, n.created_at as node_created_at, n.scheduling_enabled,
            n.scheduling_changed_at, n.pinned_state, n.pinned_at
          from batch_pool p
            left join batch_compute_node n
              on n.space = p.space and n.pool_key = p.pool_key and n.id = :node
          where p.space = :space and p.pool_key = :pool
          """);

  private final SpaceStatements statements;

  @Inject
  ComputeNodeRepository(SpaceStatements statements) {
    this.statements = statements;
  }

  /**
   * A pool and one of its nodes in one round trip, to look at and not to change.
   *
   * @return empty without the pool; with the pool but without the node, the node is null
   */
  Optional<PoolAndNode> findWithPool(String poolId, String nodeId) {
    return statements.selectOne(
        WITH_POOL,
        Map.of("pool", Pool.key(poolId), "node", nodeId),
        row -> new PoolAndNode(pool(row), row.getString("node_id") == null ? null : node(row)));
  }

  private static Pool pool(ResultSet row) throws SQLException {
    Pool pool = new Pool();
    pool.key = row.getString("pool_key");
    pool.id = row.getString("pool_id");
    pool.definition = row.getString("definition");
    pool.windows = row.getBoolean("windows");
    pool.cloudService = row.getBoolean("cloud_service");
    pool.dedicatedNodes = row.getInt("dedicated_nodes");
    pool.lowPriorityNodes = row.getInt("low_priority_nodes");
    pool.createdAt = time(row, "pool_created_at");
    pool.modifiedAt = time(row, "modified_at");
    pool.steadyAt = time(row, "steady_at");
    pool.deletedAt = time(row, "deleted_at");
    pool.goneAt = time(row, "gone_at");
    return pool;
  }

  private static ComputeNode node(ResultSet row) throws SQLException {
    ComputeNode node = new ComputeNode();
    node.poolKey = row.getString("pool_key");
    node.id = row.getString("node_id");
    node.ordinal = row.getInt("ordinal");
    node.dedicated = row.getBoolean("dedicated");
    node.windows = row.getBoolean("windows");
    node.phase = NodeState.valueOf(row.getString("phase"));
    node.phaseStartedAt = time(row, "phase_started_at");
    node.phaseEndsAt = time(row, "phase_ends_at");
    node.operationalAt = time(row, "operational_at");
    node.bootedAt = time(row, "booted_at");
    node.createdAt = time(row, "node_created_at");
    node.schedulingEnabled = row.getBoolean("scheduling_enabled");
    node.schedulingChangedAt = time(row, "scheduling_changed_at");
    String pinned = row.getString("pinned_state");
    node.pinnedState = pinned == null ? null : NodeState.valueOf(pinned);
    node.pinnedAt = time(row, "pinned_at");
    return node;
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
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
