package dev.roster.client.batch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Dates in HTTP headers. */
final class HttpDates {

  // DateTimeFormatter.RFC_1123_DATE_TIME writes one digit for the first days of a month.
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDates() {}

  /** Writes a time in whole seconds; null stays null. */
  static String format(Instant time) {
    return time == null ? null : FORMAT.format(time);
  }

  /** Reads a time; null if it is none. */
  static Instant parse(String text) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
