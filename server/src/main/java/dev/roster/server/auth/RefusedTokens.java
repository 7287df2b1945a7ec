package dev.roster.server.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Logs why bearer tokens are refused, so that whoever sets up an issuer finds the fault.
 *
 * <p>Anybody can send tokens; the log gets at most ten such lines a minute. A line holds no token.
 */
final class RefusedTokens {

  private static final Logger LOG = Logger.getLogger(RefusedTokens.class);

  private static final int LINES = 10;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Reasons quote claims, which the caller writes. */
  private static final int LONGEST_REASON = 300;

  private final Clock clock;
  private Instant begin = Instant.MIN;
  private int seen;

  RefusedTokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * Logs a refusal, unless there were too many in this minute.
   *
   * @param reason the fault of the token, which may quote its issuer and its audience
   */
  void add(String reason) {
    int passedOver = count();
    if (passedOver > 0) {
      LOG.infof("%d more bearer tokens were refused in the minute before", passedOver);
    }
    if (passedOver >= 0) {
      LOG.infof("A bearer token was refused: %s", printable(reason, LONGEST_REASON));
    }
  }

  /** The number of refusals that were not logged in the last period; -1 if this one is not. */
  private synchronized int count() {
    Instant now = clock.instant();
    int passedOver = 0;
    if (now.isBefore(begin) || !now.isBefore(begin.plus(PERIOD))) {
      passedOver = Math.max(0, seen - LINES);
      begin = now;
      seen = 0;
    }
    seen++;
    return seen <= LINES ? passedOver : -1;
  }

  /** A text of a caller as one line: without control characters, and cut. */
  static String printable(String text, int longest) {
    String line = text.replaceAll("\\p{C}", "?");
    return line.length() <= longest ? line : line.substring(0, longest) + "...";
  }
}
