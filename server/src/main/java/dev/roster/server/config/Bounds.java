package dev.roster.server.config;

import java.time.Duration;
import java.util.Map;

/** The least and the most of the numbers and durations that a deployer can set. */
final class Bounds {

  private static final Duration LONGEST_STATE = Duration.ofDays(366);
  private static final int MOST_CONNECTIONS = 1000;
  private static final int MOST_ROWS = 1_000_000;

  private static final int LEAST_MEMORY_KIB = 8;
  private static final int MOST_MEMORY_KIB = 1024 * 1024;
  private static final int MOST_ITERATIONS = 100;
  private static final int MOST_CONCURRENCY = 1024;

  /**
   * Passes of Argon2id, and the memory in KiB that is the least with them.
   *
   * @see <a
   *     href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP</a>
   */
  private static final Map<Integer, Integer> LEAST_COSTS =
      Map.of(1, 47_104, 2, 19_456, 3, 12_288, 4, 9_216, 5, 7_168);

  private Bounds() {}

  /**
   * Checks them all.
   *
   * @throws StartupException that names the property and its bounds
   */
  static void check(RosterConfig config) {
    checkCost(config.passwords());
    check(
        "roster.database.max-connections", config.database().maxConnections(), 1, MOST_CONNECTIONS);
    check("roster.nimble.max-sessions", config.nimble().maxSessions(), 1, MOST_ROWS);
    check("roster.nimble.max-users", config.nimble().maxUsers(), 1, MOST_ROWS);
    RosterConfig.Batch.Node node = config.batch().node();
    check("roster.batch.node.creating", node.creating());
    check("roster.batch.node.starting", node.starting());
    check("roster.batch.node.rebooting", node.rebooting());
    check("roster.batch.node.reimaging", node.reimaging());
    check("roster.batch.pool.resizing", config.batch().pool().resizing());
    check("roster.batch.pool.deleting", config.batch().pool().deleting());
    check("roster.pack.sync.duration", config.pack().sync().duration());
    check("roster.pack.deleting", config.pack().deleting());
  }

  private static void checkCost(RosterConfig.Passwords passwords) {
    int memory = passwords.memoryKib();
    int iterations = passwords.iterations();
    check("roster.passwords.concurrency", passwords.concurrency(), 0, MOST_CONCURRENCY);
    check("roster.passwords.iterations", iterations, 1, MOST_ITERATIONS);
    check("roster.passwords.memory-kib", memory, LEAST_MEMORY_KIB, MOST_MEMORY_KIB);
    boolean enough =
        LEAST_COSTS.entrySet().stream()
            .anyMatch(least -> iterations >= least.getKey() && memory >= least.getValue());
    if (!enough && !passwords.allowCheap()) {
      throw new StartupException(
          "roster.passwords.memory-kib="
              + memory
              + " with roster.passwords.iterations="
              + iterations
              + " makes hashes that are guessed too cheaply. Take 47104 with 1, 19456 with 2, 12288"
              + " with 3, 9216 with 4 or 7168 with 5 iterations, or more; tests may set"
              + " roster.passwords.allow-cheap=true.");
    }
  }

  private static void check(String property, int value, int least, int most) {
    if (value < least || value > most) {
      throw new StartupException(
          property + "=" + value + " has to be " + least + " to " + most + ".");
    }
  }

  private static void check(String property, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST_STATE) > 0) {
      throw new StartupException(
          property + "=" + value + " has to be 0s to " + LONGEST_STATE.toDays() + "d.");
    }
  }
}
