package dev.roster.server.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates in HTTP headers (RFC 9110, section 5.6.7), whole seconds in GMT. */
public final class HttpDate {

  private static final DateTimeFormatter IMF_FIXDATE =
      strict(new DateTimeFormatterBuilder().appendPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'"));

  private static final List<DateTimeFormatter> ACCEPTED =
      List.of(
          IMF_FIXDATE,
          // A day of the month never has the same day of the week a century later.
          rfc850(2000),
          rfc850(1900),
          // C's asctime(), the third of HTTP's formats
          strict(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss uuuu")),
          // RFC 1123 as other languages write it, Go among them
          strict(new DateTimeFormatterBuilder().appendPattern("EEE, d MMM uuuu HH:mm:ss 'UTC'")),
          // RFC 1123 with one digit for the day or an offset for the zone
          DateTimeFormatter.RFC_1123_DATE_TIME.withResolverStyle(ResolverStyle.STRICT));

  private HttpDate() {}

  /** RFC 850, with two digits for the year. */
  private static DateTimeFormatter rfc850(int century) {
    return strict(
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, century)
            .appendPattern(" HH:mm:ss 'GMT'"));
  }

  private static DateTimeFormatter strict(DateTimeFormatterBuilder format) {
    return format
        .toFormatter(Locale.ENGLISH)
        .withZone(ZoneOffset.UTC)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Writes a time the way HTTP prefers, such as {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String format(Instant time) {
    return IMF_FIXDATE.format(time);
  }

  /** Reads a time in one of HTTP's formats; empty if it is in none. */
  public static Optional<Instant> parse(String text) {
    for (DateTimeFormatter format : ACCEPTED) {
      try {
        return Optional.of(Instant.from(format.parse(text.strip())));
      } catch (DateTimeException e) {
        // perhaps the next one
      }
    }
    return Optional.empty();
  }
}
