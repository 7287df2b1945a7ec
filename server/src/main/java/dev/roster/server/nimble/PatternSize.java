package dev.roster.server.nimble;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression becomes once its counted repetitions are written out, which RE2
 * does: {@code ((a{100}){100}){100}} takes the memory and the time of a million characters.
 */
final class PatternSize {

  /**
   * A counted repetition. What one repeats can hold others only if it is a group, and then ends in
   * a parenthesis, perhaps with an empty quotation in between.
   */
  private static final Pattern COUNTED =
      Pattern.compile("(\\)|\\\\E)?\\{([0-9]+)(?:,([0-9]*))?\\}");

  /** RE2 refuses higher counts. */
  private static final int HIGHEST = 1000;

  private static final int HIGHEST_DIGITS = 4;

  /** Far beyond what is allowed, and far from an overflow. */
  private static final long LARGEST = 1_000_000;

  private PatternSize() {}

  /** At least the number of characters that it becomes, up to a million. */
  static long of(String pattern) {
    long single = pattern.length();
    long groups = 1;
    for (Matcher counted = COUNTED.matcher(pattern); counted.find(); ) {
      int count = Math.max(count(counted.group(2)), count(counted.group(3)));
      if (counted.group(1) == null) {
        single += count;
      } else {
        groups = Math.min(groups * count, LARGEST);
      }
    }
    return Math.min(single * groups, LARGEST);
  }

  private static int count(String digits) {
    if (digits == null || digits.isEmpty()) {
      return 1;
    }
    return digits.length() > HIGHEST_DIGITS
        ? HIGHEST
        : Math.max(1, Math.min(Integer.parseInt(digits), HIGHEST));
  }
}
