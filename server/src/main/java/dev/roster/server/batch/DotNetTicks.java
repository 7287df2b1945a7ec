package dev.roster.server.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A time as .NET counts it: units of 100 ns since the year 1. The service's entity tags are ticks.
 */
record DotNetTicks(long ticks) {

  private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");
  private static final int NANOS_PER_TICK = 100;
  private static final long TICKS_PER_SECOND = 10_000_000L;

  static DotNetTicks of(Instant time) {
    Duration since = Duration.between(ZERO, time);
    return new DotNetTicks(
        since.getSeconds() * TICKS_PER_SECOND + since.getNano() / NANOS_PER_TICK);
  }

  /** Such as {@code 0x8DD098ACFC8E410}. */
  String toHex() {
    return "0x" + Long.toHexString(ticks).toUpperCase(Locale.ROOT);
  }
}
