package dev.roster.server.batch;

import dev.roster.server.json.LongFraction;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The service's time formats in bodies, and what it makes of an expiry time. */
final class BatchTime {

  /** How long an account lives whose expiry is not given. */
  static final Duration DEFAULT_LIFE = Duration.ofDays(1);

  private static final int FRACTION_DIGITS = 7;
  private static final int LAST_YEAR = 9999;

  private static final DateTimeFormatter SEVEN_DIGITS = formatter(FRACTION_DIGITS);
  private static final DateTimeFormatter TRIMMED = formatter(0);

  /** Z or an offset, and zero to seven digits after the second, to which more are rounded. */
  private static final DateTimeFormatter ACCEPTED =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, FRACTION_DIGITS, true)
          .optionalEnd()
          .appendPattern("XXX")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private BatchTime() {}

  private static DateTimeFormatter formatter(int leastDigits) {
    return new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, leastDigits, FRACTION_DIGITS, true)
        .appendLiteral('Z')
        .toFormatter(Locale.ROOT)
        .withZone(ZoneOffset.UTC);
  }

  /** Writes a time for an error message, always with seven digits. */
  static String sevenDigits(Instant time) {
    return SEVEN_DIGITS.format(time);
  }

  /** Writes a time for an entity, trailing zeros trimmed. */
  static String trimmed(Instant time) {
    return TRIMMED.format(time);
  }

  /**
   * Reads a time of a request body.
   *
   * @throws DateTimeParseException if it has another format
   */
  static OffsetDateTime parse(String text) {
    LongFraction cut = LongFraction.cut(text);
    OffsetDateTime time = OffsetDateTime.parse(cut.rest(), ACCEPTED).plus(cut.fraction());
    if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
      throw new DateTimeParseException("The year is out of range", text, 0);
    }
    return time;
  }

  /**
   * Reads a time of a request body that has no more digits than .NET writes.
   *
   * @throws DateTimeParseException if it has another format
   */
  static OffsetDateTime parseSevenDigits(String text) {
    if (LongFraction.isIn(text)) {
      throw new DateTimeParseException("More than seven digits after the second", text, 0);
    }
    return parse(text);
  }

  /**
   * The time at which an account expires.
   *
   * @param requested the caller's wish; nothing, or any time of the year 1 (an unset .NET date),
   *     means one day from now
   */
  static Instant expiry(OffsetDateTime requested, Instant now) {
    boolean unset = requested == null || requested.getYear() <= 1;
    // The database keeps microseconds.
    return (unset ? now.plus(DEFAULT_LIFE) : requested.toInstant()).truncatedTo(ChronoUnit.MICROS);
  }

  /** The end of a time's day in UTC; Linux nodes count whole days. */
  static Instant endOfDay(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }
}
