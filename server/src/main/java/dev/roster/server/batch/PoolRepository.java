package dev.roster.server.batch;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The pools. */
@Singleton
class PoolRepository implements PanacheRepositoryBase<Pool, String> {

  /** A pool that still exists, by its id in any case. */
  Optional<Pool> findExisting(String id, Instant now, LockModeType lock) {
    return Optional.ofNullable(findById(Pool.key(id), lock)).filter(pool -> pool.existsAt(now));
  }

  /** The pools that exist, in the order of their ids, from after a key on. */
  List<Pool> listAfter(String key, int most, Instant now) {
    return find("key > ?1 and (goneAt is null or goneAt > ?2) order by key", key, now)
        .page(Page.ofSize(most))
        .list();
  }

  /** Forgets the pools whose deletion is over. */
  void deleteGone(Instant now) {
    delete("goneAt <= ?1", now);
  }
}
