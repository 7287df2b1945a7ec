package dev.roster.server.batch;

import io.quarkus.panache.common.Parameters;
import java.util.Locale;

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

  /** The parameters {@code pool}, {@code node}, {@code name} and {@code lowerName} of a query. */
  Parameters parameters() {
    return Parameters.with("pool", poolKey())
        .and("node", nodeId)
        .and("name", name)
        .and("lowerName", name.toLowerCase(Locale.ROOT));
  }
}
