package dev.roster.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeDeserializerTest {

  private final ObjectMapper json =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addDeserializer(
                      OffsetDateTime.class, new TimeDeserializer(OffsetDateTime::parse)))
          .build();

  @Test
  void textIsReadInItsFormat() throws JsonProcessingException {
    assertThat(json.readValue("\"2020-01-01T00:00:00+02:00\"", OffsetDateTime.class))
        .isEqualTo(OffsetDateTime.parse("2020-01-01T00:00:00+02:00"));
    assertThat(json.readValue("null", OffsetDateTime.class)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "", "2020-02-30T00:00:00Z"})
  void textInAnotherFormatIsAWrongValue(String text) {
    assertThatThrownBy(() -> json.readValue('"' + text + '"', OffsetDateTime.class))
        .isInstanceOfSatisfying(
            InvalidFormatException.class, e -> assertThat(e.getValue()).isEqualTo(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "1.5", "true", "[]", "{}", "[\"2020-01-01T00:00:00Z\"]"})
  void whatIsNoTextHasTheWrongType(String written) {
    assertThatThrownBy(() -> json.readValue(written, OffsetDateTime.class))
        .isInstanceOf(MismatchedInputException.class)
        .isNotInstanceOf(InvalidFormatException.class);
  }
}
