package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.http.EntityTags.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

  private static Tag strong(String opaque) {
    return new Tag(false, opaque);
  }

  private static Tag weak(String opaque) {
    return new Tag(true, opaque);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , ,, "})
  void nothingNamesNothing(String header) {
    EntityTags tags = EntityTags.parse(header);

    assertThat(tags).isEqualTo(new EntityTags(false, List.of()));
    assertThat(tags.nameStrongly(List.of(""))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", " * ", "\"a\", *", "*, \"a\"", "a,*"})
  void starNamesEverything(String header) {
    EntityTags tags = EntityTags.parse(header);

    assertThat(tags.any()).isTrue();
    assertThat(tags.nameStrongly(List.of("x"))).isTrue();
    assertThat(tags.nameWeakly(List.of("x"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"*\"", "W/*", "W/\"*\"", "**", "a*"})
  void starWithinATagIsAStar(String header) {
    assertThat(EntityTags.parse(header).any()).isFalse();
    assertThat(EntityTags.parse(header).nameWeakly(List.of("x"))).isFalse();
  }

  @Test
  void tagsMayBeQuotedOrNotAndWeakOrNot() {
    assertThat(EntityTags.parse("\"a\", b ,W/\"c\",W/d, \"\", \"e,f\",g\"h").tags())
        .containsExactly(
            strong("a"),
            strong("b"),
            weak("c"),
            weak("d"),
            strong(""),
            strong("e,f"),
            strong("g\"h"));
  }

  @Test
  void whatFollowsAClosingQuoteIsAnotherTag() {
    assertThat(EntityTags.parse("\"a\"b,\"c\"\"d\"").tags())
        .containsExactly(strong("a"), strong("b"), strong("c"), strong("d"));
  }

  @Test
  void quoteThatIsNotClosedStaysPartOfItsTag() {
    assertThat(EntityTags.parse("\"a, b").tags()).containsExactly(strong("\"a, b"));
    assertThat(EntityTags.parse("\"").tags()).containsExactly(strong("\""));
    assertThat(EntityTags.parse("a\"").tags()).containsExactly(strong("a\""));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"a\"          | true  | true",
        "a              | true  | true",
        "W/\"a\"        | false | true",
        "W/a            | false | true",
        "\"x\", \"a\"   | true  | true",
        "\"x\", W/\"a\" | false | true",
        "W/\"a\", \"a\" | true  | true",
        "\"b\"          | true  | true",
        "\"A\"          | false | false",
        "\"a \"         | false | false",
        "\"ab\"         | false | false",
        "w/\"a\"        | false | false"
      })
  void weakTagsNeverNameStrongly(String header, boolean strongly, boolean weakly) {
    EntityTags tags = EntityTags.parse(header);

    assertThat(tags.nameStrongly(List.of("a", "b"))).isEqualTo(strongly);
    assertThat(tags.nameWeakly(List.of("a", "b"))).isEqualTo(weakly);
  }
}
