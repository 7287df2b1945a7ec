package dev.roster.server.batch;

import java.util.Locale;
import org.hibernate.query.MutationQuery;

/**
 * The name of an account and the node that it is on, as the caller wrote them.
 *
 * @param poolId in any case
 * @param nodeId exactly as the service made it
 * @param name in any case on Windows nodes
 */
record AccountName(String poolId, String nodeId, String name) {

  String poolKey() {
    return Pool.key(poolId);
  }

  ComputeNodeUser.Key key(boolean windows) {
    return new ComputeNodeUser.Key(poolKey(), nodeId, ComputeNodeUser.nameKey(name, windows));
  }

  /** Binds {@code pool}, {@code node}, {@code name} and {@code lowerName}. */
  MutationQuery bind(MutationQuery query) {
    return query
        .setParameter("pool", poolKey())
        .setParameter("node", nodeId)
        .setParameter("name", name)
        .setParameter("lowerName", name.toLowerCase(Locale.ROOT));
  }
}
