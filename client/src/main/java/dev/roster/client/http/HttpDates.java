package dev.roster.client.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Dates in HTTP headers. */
public final class HttpDates {

  // DateTimeFormatter.RFC_1123_DATE_TIME writes one digit for the first days of a month.
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDates() {}

  /**
   * Writes a time in whole seconds.
   *
   * @param time the time; its fraction of a second is dropped
   * @return such as {@code Mon, 21 Nov 2016 18:27:39 GMT}; null for null
   */
  public static String format(Instant time) {
    return time == null ? null : FORMAT.format(time);
  }

  /**
   * Reads a time.
   *
   * @param text value of a header
   * @return the time; null if the text is none
   */
  public static Instant parse(String text) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
