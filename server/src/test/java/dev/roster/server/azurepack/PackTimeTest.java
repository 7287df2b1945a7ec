package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackTimeTest {

  /** The examples of the documentation of SQL Server's datetime, and times around them. */
  @ParameterizedTest
  @CsvSource({
    "1998-01-01T23:59:59.999Z, 1998-01-02T00:00:00Z",
    "1998-01-01T23:59:59.995Z, 1998-01-01T23:59:59.997Z",
    "1998-01-01T23:59:59.996Z, 1998-01-01T23:59:59.997Z",
    "1998-01-01T23:59:59.997Z, 1998-01-01T23:59:59.997Z",
    "1998-01-01T23:59:59.998Z, 1998-01-01T23:59:59.997Z",
    "1998-01-01T23:59:59.992Z, 1998-01-01T23:59:59.993Z",
    "1998-01-01T23:59:59.993Z, 1998-01-01T23:59:59.993Z",
    "1998-01-01T23:59:59.994Z, 1998-01-01T23:59:59.993Z",
    "1998-01-01T23:59:59.990Z, 1998-01-01T23:59:59.990Z",
    "1998-01-01T23:59:59.991Z, 1998-01-01T23:59:59.990Z",
    "1998-01-01T00:00:00.000Z, 1998-01-01T00:00:00Z",
    "1998-01-01T00:00:00.001Z, 1998-01-01T00:00:00Z",
    "1998-01-01T00:00:00.001666666Z, 1998-01-01T00:00:00Z",
    "1998-01-01T00:00:00.001666667Z, 1998-01-01T00:00:00.003Z",
    "1998-01-01T00:00:00.005Z, 1998-01-01T00:00:00.007Z",
    "1998-01-01T00:00:00.999999999Z, 1998-01-01T00:00:01Z",
    "1969-12-31T23:59:59.999Z, 1970-01-01T00:00:00Z",
    "1969-12-31T23:59:58.001Z, 1969-12-31T23:59:58Z",
    "2013-06-27T21:15:30.787Z, 2013-06-27T21:15:30.787Z"
  })
  void timeIsRoundedAsADatetimeIs(Instant time, Instant stored) {
    assertThat(PackTime.stored(time)).isEqualTo(stored);
  }

  @Test
  void everyMillisecondGoesToTheNearestOneThatEndsIn0Or3Or7() {
    Instant second = Instant.parse("2013-06-27T21:15:30Z");
    for (int millis = 0; millis < 1000; millis++) {
      long stored = PackTime.stored(second.plusMillis(millis)).toEpochMilli();
      long distance = stored - second.toEpochMilli() - millis;

      assertThat(stored % 10).as("%d", millis).isIn(0L, 3L, 7L);
      assertThat(distance)
          .as("%d", millis)
          .isEqualTo(
              switch (millis % 10) {
                case 0, 3, 7 -> 0;
                case 2, 6, 9 -> 1;
                case 5 -> 2;
                default -> -1;
              });
      assertThat(PackTime.stored(Instant.ofEpochMilli(stored)).toEpochMilli()).isEqualTo(stored);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2013-06-27T21:15:30Z, 2013-06-27T21:15:30",
    "2013-06-27T21:15:00Z, 2013-06-27T21:15:00",
    "2013-06-27T21:15:30.787Z, 2013-06-27T21:15:30.787",
    "2013-06-27T21:15:30.790Z, 2013-06-27T21:15:30.79",
    "2013-06-27T21:15:30.700Z, 2013-06-27T21:15:30.7",
    "2013-06-27T21:15:30.007Z, 2013-06-27T21:15:30.007",
    "2013-06-27T21:15:30.123456700Z, 2013-06-27T21:15:30.1234567",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00"
  })
  void timeIsWrittenWithoutZoneAndWithoutZerosAtItsEnd(Instant time, String text) {
    assertThat(PackTime.format(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2013-06-27T21:15:30.787Z, 2013-06-27T21:15:30.787Z",
    "2013-06-27T21:15:30.787, 2013-06-27T21:15:30.787Z",
    "2013-06-27T21:15:30, 2013-06-27T21:15:30Z",
    "2013-06-27T21:15, 2013-06-27T21:15:00Z",
    "' 2013-06-27T21:15:30 ', 2013-06-27T21:15:30Z",
    "2013-06-27t21:15:30z, 2013-06-27T21:15:30Z",
    "2013-06-27T21:15:30+02:00, 2013-06-27T19:15:30Z",
    "2013-06-27T21:15:30.1234567-11:30, 2013-06-28T08:45:30.1234567Z",
    "0001-01-01T00:00:00, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999, 9999-12-31T23:59:59.9999999Z"
  })
  void timeWithoutZoneIsUtc(String text, Instant time) {
    assertThat(PackTime.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2013-06-27",
        "21:15:30",
        "2013-06-27 21:15:30",
        "2013-06-31T21:15:30",
        "2013-02-29T21:15:30",
        "2013-06-27T24:15:30",
        "2013-06-27T21:15:30+19:00",
        "1372367730",
        "0000-12-31T23:59:59",
        "-0001-01-01T00:00:00",
        "10000-01-01T00:00:00",
        "+10000-01-01T00:00:00",
        "+999999999-12-31T23:59:59-18:00"
      })
  void anythingElseIsNoTime(String text) {
    assertThat(PackTime.parse(text)).isEmpty();
  }
}
