package dev.roster.server.database;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a PostgreSQL that ends is started again: at once, then after pauses that double up to
 * half a minute, for about ten minutes.
 */
final class Restarts {

  private static final int MOST = 26;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private int count;
  private Duration pause = Duration.ZERO;

  /** Pause before the next start; empty if there have been too many. */
  Optional<Duration> next() {
    if (count == MOST) {
      return Optional.empty();
    }
    count++;
    Duration before = pause;
    Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    return Optional.of(before);
  }
}
