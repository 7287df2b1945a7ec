package dev.roster.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnumTextTest {

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"Active\"', Active",
        "'\" x \"', ' x '",
        "'\"\"', ''",
        "0, 0",
        "-1.5e3, -1.5e3",
        "1e999999999, 1e999999999",
        "true, true"
      })
  void scalarsAreKeptAsTheyAreWritten(String written, String text) throws JsonProcessingException {
    assertThat(json.readValue(written, EnumText.class)).isEqualTo(new EnumText(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[\"active\"]", "{\"text\": \"active\"}"})
  void othersHaveTheWrongType(String written) {
    assertThatThrownBy(() -> json.readValue(written, EnumText.class))
        .isInstanceOf(MismatchedInputException.class);
  }

  @Test
  void nullStaysNull() throws JsonProcessingException {
    assertThat(json.readValue("null", EnumText.class)).isNull();
  }

  @Test
  void textIsWrittenAsItIs() throws JsonProcessingException {
    assertThat(json.writeValueAsString(new EnumText("active"))).isEqualTo("\"active\"");
  }
}
