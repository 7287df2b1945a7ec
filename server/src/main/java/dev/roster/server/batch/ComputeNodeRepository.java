package dev.roster.server.batch;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The nodes of the pools. */
@Singleton
class ComputeNodeRepository implements PanacheRepositoryBase<ComputeNode, ComputeNode.Key> {

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
