package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

  private static final Instant EXAMPLE = Instant.parse("1994-11-06T08:49:37Z");

  @Test
  void writesTheFormatThatHttpPrefers() {
    assertThat(HttpDate.format(EXAMPLE)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void writesWholeSeconds() {
    assertThat(HttpDate.format(Instant.parse("2026-11-21T20:30:19.999999Z")))
        .isEqualTo("Sat, 21 Nov 2026 20:30:19 GMT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "  Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 09:49:37 +0100",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 6 Nov 1994 08:49:37 UTC"
      })
  void readsTheFormatsOfHttp(String text) {
    assertThat(HttpDate.parse(text)).contains(EXAMPLE);
  }

  @Test
  void dayOfTheWeekTellsTheCenturyOfTwoDigits() {
    assertThat(HttpDate.parse("Saturday, 06-Nov-94 08:49:37 GMT"))
        .contains(Instant.parse("2094-11-06T08:49:37Z"));
    assertThat(HttpDate.parse("Saturday, 21-Nov-26 20:30:19 GMT"))
        .contains(Instant.parse("2026-11-21T20:30:19Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "1994-11-06T08:49:37Z",
        "784111777",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Monday, 06-Nov-94 08:49:37 GMT",
        "Tue, 31 Feb 2023 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 November 1994 08:49:37 GMT",
        "So, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 06 08:49:37 UTC 1994",
        "Mon Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 UTC+1",
        "Mon, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT GMT"
      })
  void readsNothingElse(String text) {
    assertThat(HttpDate.parse(text)).isEmpty();
  }
}
