package dev.roster.server.batch;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.StoredRows;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/** The accounts as they are stored. */
@Singleton
class StoredAccounts extends StoredRows {

  private static final String OF_NODE =
      " from batch_compute_node_user u where space = ? and pool_key = ? and node_id = ?";

  /** Every column of the accounts of a node, one text an account, in the order of their names. */
  List<String> of(Node node) {
    return ofSpace("default", node);
  }

  /** As {@link #of}, in another space. */
  List<String> ofSpace(String space, Node node) {
    return query(
        "select u::text" + OF_NODE + " order by name_key",
        space,
        Pool.key(node.poolId()),
        node.id());
  }

  /** The names of the accounts of a node, sorted. */
  List<String> names(Node node) {
    return query(
        "select name" + OF_NODE + " order by name collate \"C\"",
        "default",
        Pool.key(node.poolId()),
        node.id());
  }

  /** Does something while another transaction holds the accounts of a node. */
  <T> T whileHeld(Node node, Supplier<T> work) {
    return during(
        work, "select 1" + OF_NODE + " for update", "default", Pool.key(node.poolId()), node.id());
  }
}
