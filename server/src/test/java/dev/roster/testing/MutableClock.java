package dev.roster.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The server's clock in tests: it runs, and tests can move it forward or back. */
@Alternative
@Priority(1)
@Singleton
@Typed({Clock.class, MutableClock.class})
public class MutableClock extends Clock {

  private volatile Duration offset = Duration.ZERO;
  private volatile Instant stopped;

  /** Moves the clock, beyond where earlier calls moved it. */
  public void advance(Duration by) {
    if (stopped != null) {
      stopped = stopped.plus(by);
    }
    offset = offset.plus(by);
  }

  /** Stops the clock at the present second, which it gives; {@link #advance} still moves it. */
  public Instant stop() {
    stopped = instant().truncatedTo(ChronoUnit.SECONDS);
    return stopped;
  }

  /** Goes back to the system's time, running. */
  public void reset() {
    stopped = null;
    offset = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    Instant fixed = stopped;
    return fixed != null ? fixed : Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("The server reads instants only");
  }
}
