package dev.roster.server.azurepack;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Times as the API writes and reads them: UTC without a zone, and anything of ISO 8601. */
final class PackTime {

  private static final DateTimeFormatter ANSWER =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private static final int LAST_YEAR = 9999;

  private PackTime() {}

  /** A time in an answer. */
  static String format(Instant time) {
    return ANSWER.format(time);
  }

  /** A time in a request, of a year that .NET has; one without a zone is UTC. */
  static Optional<Instant> parse(String text) {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.strip(), OffsetDateTime::from, LocalDateTime::from);
      int year = time.get(ChronoField.YEAR);
      if (year < 1 || year > LAST_YEAR) {
        return Optional.empty();
      }
      return Optional.of(
          time instanceof OffsetDateTime offset
              ? offset.toInstant()
              : ((LocalDateTime) time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * A time as a column of SQL Server's type datetime keeps it: in three-hundredths of a second,
   * which it gives back in whole milliseconds.
   */
  static Instant stored(Instant time) {
    long second = time.getEpochSecond();
    long ticks = Math.round(time.getNano() / 1e9 * 300);
    return Instant.ofEpochSecond(second).plusMillis(Math.round(ticks * 10 / 3.0));
  }
}
