package dev.roster.server.apimanagement;

import dev.roster.server.json.LongFraction;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** The service's time format in bodies. */
final class ApiManagementTime {

  private static final int LAST_YEAR = 9999;

  /** Up to three digits after the second, without zeros at the end. */
  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.MILLI_OF_SECOND, 0, 3, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Z or an offset, and zero to seven digits after the second, to which more are rounded. */
  private static final DateTimeFormatter ACCEPTED =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 7, true)
          .optionalEnd()
          .appendPattern("XXX")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private ApiManagementTime() {}

  /** Writes a time, such as {@code 2017-06-02T17:58:50.357Z}. */
  static String format(Instant time) {
    return WRITTEN.format(time);
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

  /** A time as the generated models carry it. */
  static OffsetDateTime model(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
