package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\u0001", "\uffff", "ä", "\ud83d\ude00", "x\ud83d\ude00y"})
  void takesWhateverUnicodeCanEncode(String text) {
    assertThat(StorableText.isStorable(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "a\0b",
        "\ud83d",
        "a\ud83d",
        "\ud83da",
        "\ude00",
        "\ude00\ud83d",
        "\ud83d\ud83d\ude00",
        "\ud83d\ude00\ude00"
      })
  void refusesNulAndHalfPairs(String text) {
    assertThat(StorableText.isStorable(text)).isFalse();
  }
}
