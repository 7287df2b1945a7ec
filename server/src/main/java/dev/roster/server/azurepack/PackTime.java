package dev.roster.server.azurepack;

import dev.roster.server.json.LongFraction;
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
      LongFraction cut = LongFraction.cut(text.strip());
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              cut.rest(), OffsetDateTime::from, LocalDateTime::from);
      OffsetDateTime time =
          parsed instanceof OffsetDateTime offset
              ? offset.plus(cut.fraction())
              : ((LocalDateTime) parsed).plus(cut.fraction()).atOffset(ZoneOffset.UTC);
      if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
        return Optional.empty();
      }
      return Optional.of(time.toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * A time as a column of SQL Server's type datetime keeps it: in three-hundredths of a second,
   * which it gives back in whole milliseconds.
   */
  static Instant stored(Instant time) {
    // In whole numbers, as doubles round 0.205 seconds down.
    long ticks = (time.getNano() * 3L + 5_000_000) / 10_000_000;
    return Instant.ofEpochSecond(time.getEpochSecond()).plusMillis(Math.round(ticks * 10 / 3.0));
  }
}
