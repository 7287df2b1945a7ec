package dev.roster.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongFractionTest {

  @ParameterizedTest
  @CsvSource({
    "2040-06-15T13:45:30.12345678Z, 2040-06-15T13:45:30.1234568Z",
    "2040-06-15T13:45:30.12345674Z, 2040-06-15T13:45:30.1234567Z",
    "2040-06-15T13:45:30.123456749Z, 2040-06-15T13:45:30.1234567Z",
    "2040-06-15T13:45:30.123456750Z, 2040-06-15T13:45:30.1234568Z",
    "2040-06-15T13:45:30.1234567890+02:00, 2040-06-15T13:45:30.1234568+02:00",
    "2040-06-15T23:59:59.999999999Z, 2040-06-16T00:00:00Z",
    "2040-06-15T13:45:30.00000000Z, 2040-06-15T13:45:30Z"
  })
  void fractionIsRoundedToSevenDigits(String time, OffsetDateTime expected) {
    LongFraction cut = LongFraction.cut(time);

    assertThat(LongFraction.isIn(time)).isTrue();
    assertThat(OffsetDateTime.parse(cut.rest()).plus(cut.fraction())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2040-06-15T13:45:30.1234567Z",
        "2040-06-15T13:45:30Z",
        "12345678.12345678",
        "",
        "30.12345678Z"
      })
  void everythingElseIsLeftToItsReader(String text) {
    assertThat(LongFraction.isIn(text)).isFalse();
    assertThat(LongFraction.cut(text).rest()).isEqualTo(text);
  }

  @Test
  void veryLongFractionIsNoWork() {
    String digits = "1234567" + "9".repeat(1_000_000);

    assertThat(LongFraction.cut("2040-06-15T13:45:30." + digits + "Z").fraction())
        .hasNanos(123_456_800);
  }
}
