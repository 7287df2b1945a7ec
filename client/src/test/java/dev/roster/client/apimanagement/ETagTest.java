package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagTest {

  @ParameterizedTest
  @ValueSource(strings = {"\"AAAAAAAAC/k=\"", "W/\"1\"", "AAAAAAAAC/k=", "*"})
  void tagsAreKeptAsTheyTravel(String text) {
    assertThat(ETag.of(text)).hasToString(text).isEqualTo(ETag.read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"a\r\nX: y\"", "\"\u20ac\""})
  void tagsThatNoHeaderCanCarryAreRefused(String text) {
    assertThatThrownBy(() -> ETag.of(text))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("A header cannot carry the entity tag '" + text + "'");
    assertThat(ETag.read(text)).isNull();
  }

  @Test
  void putConditionsExcludeEachOther() {
    assertThatThrownBy(() -> new PutCondition(ETag.ANY, true))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("No entity is both there and missing");
  }
}
