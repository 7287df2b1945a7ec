package dev.roster.server.json;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time with more digits after the second than the seven that .NET counts.
 *
 * @param rest the text of the time without its fraction
 * @param fraction what to add to it, rounded to 100 ns and at most one second
 */
public record LongFraction(String rest, Duration fraction) {

  private static final int NANOS_PER_UNIT = 100;

  private static final Pattern LONG =
      Pattern.compile("(.*:[0-9]{2})\\.([0-9]{7})([0-9]+)(.*)", Pattern.DOTALL);

  /** Whether a time has more than seven digits after the second. */
  public static boolean isIn(String time) {
    return LONG.matcher(time).matches();
  }

  /** Takes the fraction away from a time; one of up to seven digits is left where it is. */
  public static LongFraction cut(String time) {
    Matcher matcher = LONG.matcher(time);
    if (!matcher.matches()) {
      return new LongFraction(time, Duration.ZERO);
    }
    // No more than the next digit tells up from down.
    int up = matcher.group(3).charAt(0) >= '5' ? 1 : 0;
    long units = Long.parseLong(matcher.group(2)) + up;
    return new LongFraction(
        matcher.group(1) + matcher.group(4), Duration.ofNanos(units * NANOS_PER_UNIT));
  }
}
