package dev.roster.server.batch;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

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

  /**
   * The parameters {@code pool}, {@code node}, {@code name} and {@code lowerName} of a statement.
   */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("pool", poolKey());
    parameters.put("node", nodeId);
    parameters.put("name", name);
    parameters.put("lowerName", name.toLowerCase(Locale.ROOT));
    return parameters;
  }
}
