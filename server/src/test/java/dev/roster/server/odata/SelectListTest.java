package dev.roster.server.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectListTest {

  private static final Set<String> KNOWN = Set.of("id", "state", "startTaskInfo/exitCode");

  @ParameterizedTest
  @ValueSource(strings = {"id,state", " id , state ", "state,id,state", "\tid,\nstate"})
  void includesWhatIsNamed(String text) {
    SelectList select = SelectList.parse(text, KNOWN);

    assertThat(select.includes("id")).isTrue();
    assertThat(select.includes("state")).isTrue();
    assertThat(select.includes("startTaskInfo/exitCode")).isFalse();
    assertThat(select.includes("ID")).isFalse();
  }

  @Test
  void takesPaths() {
    SelectList select = SelectList.parse("startTaskInfo/exitCode", KNOWN);

    assertThat(select.includes("startTaskInfo/exitCode")).isTrue();
    assertThat(select.includes("id")).isFalse();
  }

  @Test
  void allIncludesEverything() {
    assertThat(SelectList.ALL.includes("id")).isTrue();
    assertThat(SelectList.ALL.includes("anything")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|1|the name of a property is missing",
        "`   `|4|the name of a property is missing",
        ",|1|the name of a property is missing",
        "id,|4|the name of a property is missing",
        "id, ,state|5|the name of a property is missing",
        "colour|1|\"colour\" is not a property that can be selected",
        "id,  colour ,state|6|\"colour\" is not a property that can be selected",
        "ID|1|\"ID\" is not a property that can be selected",
        "id state|1|\"id state\" is not a property that can be selected",
        "*|1|\"*\" is not a property that can be selected"
      })
  void refusesMissingAndUnknownNames(String text, int position, String problem) {
    ODataSyntaxException refusal = refusal(text);

    assertThat(refusal).hasMessage("At position " + position + ", " + problem + ".");
    assertThat(refusal.position()).isEqualTo(position);
  }

  @Test
  void repeatsAtMostEightyCharactersWithoutHarmfulOnes() {
    assertThat(refusal("a\nb\u202ec\0d\ud83de"))
        .hasMessage("At position 1, \"a?b?c?d?e\" is not a property that can be selected.");
    assertThat(refusal("x".repeat(80)).getMessage()).contains("\"" + "x".repeat(80) + "\"");
    assertThat(refusal("x".repeat(81)).getMessage()).contains("\"" + "x".repeat(77) + "...\"");
    assertThat(refusal("x".repeat(76) + "😀".repeat(9)).getMessage())
        .contains("\"" + "x".repeat(76) + "...\"");
  }

  private static ODataSyntaxException refusal(String text) {
    return catchThrowableOfType(ODataSyntaxException.class, () -> SelectList.parse(text, KNOWN));
  }
}
