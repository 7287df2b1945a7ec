package dev.roster.server.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilterEvaluatorTest {

  private static final FilterFields FIELDS =
      FilterFields.builder()
          .field(
              "name",
              FieldType.STRING,
              EnumSet.allOf(Operator.class),
              EnumSet.allOf(Function.class))
          .field(
              "missing",
              FieldType.STRING,
              EnumSet.allOf(Operator.class),
              EnumSet.allOf(Function.class))
          .field("count", FieldType.NUMBER)
          .field("since", FieldType.DATE_TIME)
          .field("enabled", FieldType.BOOLEAN)
          .build();

  private static final Map<String, Object> VALUES =
      Map.of(
          "name",
          "node-1",
          "count",
          5,
          "since",
          OffsetDateTime.parse("2014-05-01T02:00:00+02:00"),
          "enabled",
          true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "name eq 'node-1'|true",
        "name eq 'Node-1'|false",
        "name ne 'node-2'|true",
        "name gt 'Z'|true",
        "name lt 'node-10'|true",
        "name ge 'node-1'|true",
        "name le 'node-0'|false",
        "count eq 5.00|true",
        "count ne 5.0|false",
        "count gt 4.9|true",
        "count gt 5|false",
        "count ge 5|true",
        "count lt 10|true",
        "count le 4|false",
        "4 lt count|true",
        "6 lt count|false",
        "since eq 2014-05-01T00:00:00Z|true",
        "since ne 2014-05-01T02:00:00Z|true",
        "since lt datetime'2014-05-01T00:00:00.001'|true",
        "since ge 2014-05-01|true",
        "since gt 2014-05-01|false",
        "enabled eq true|true",
        "enabled ne true|false",
        "startswith(name,'node')|true",
        "startswith(name,'-1')|false",
        "endswith(name,'-1')|true",
        "endswith(name,'node')|false",
        "contains(name,'e-')|true",
        "contains(name,'E-')|false",
        "substringof('e-',name)|true",
        "substringof('xx',name)|false",
        "startswith(name,'')|true"
      })
  void comparesTheValues(String filter, boolean expected) {
    assertThat(matches(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "missing eq 'x'|false",
        "missing ne 'x'|true",
        "missing gt ''|false",
        "missing ge ''|false",
        "missing lt 'x'|false",
        "missing le 'x'|false",
        "missing eq null|true",
        "missing ne null|false",
        "name eq null|false",
        "name ne null|true",
        "startswith(missing,'')|false",
        "endswith(missing,'')|false",
        "contains(missing,'')|false",
        "substringof('',missing)|false",
        "not missing eq 'x'|true",
        "not startswith(missing,'x')|true"
      })
  void aMissingValueEqualsNothingButNull(String filter, boolean expected) {
    assertThat(matches(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "count eq 5 and enabled eq true and name eq 'node-1'|true",
        "count eq 5 and enabled eq true and name eq 'x'|false",
        "count eq 1 or count eq 2 or count eq 5|true",
        "count eq 1 or count eq 2 or count eq 3|false",
        "count eq 5 or count eq 1 and count eq 2|true",
        "(count eq 5 or count eq 1) and count eq 2|false",
        "not count eq 5|false",
        "not not count eq 5|true",
        "not (count eq 5 and enabled eq false)|true"
      })
  void combinesTerms(String filter, boolean expected) {
    assertThat(matches(filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"GREATER_THAN", "GREATER_OR_EQUAL", "LESS_THAN", "LESS_OR_EQUAL"})
  void nothingComesBeforeOrAfterNull(Operator operator) {
    Comparison comparison = new Comparison("name", operator, null);

    assertThat(FilterEvaluator.matches(comparison, VALUES::get)).isFalse();
    assertThat(FilterEvaluator.matches(comparison, name -> null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'\ue000', '\ud83d\ude00'",
    "'\uffff', '\ud800\udc00'",
    "'\ud7ff', '\ud83d\ude00'",
    "'\ud83d\ude00', '\udbff\udfff'",
    "'a', 'a\ud83d\ude00'",
    "'a\uffff', 'a\ud83d\ude00'"
  })
  void textsAreOrderedByCodePoint(String lower, String higher) {
    String filter = "name %s '" + higher + "'";

    assertThat(matches(filter.formatted("lt"), Map.of("name", lower))).isTrue();
    assertThat(matches(filter.formatted("ge"), Map.of("name", lower))).isFalse();
    assertThat(matches("name gt '" + lower + "'", Map.of("name", higher))).isTrue();
    assertThat(matches("name gt '" + higher + "'", Map.of("name", higher))).isFalse();
  }

  @Test
  void takesEveryKindOfNumber() {
    FilterExpression filter = FilterParser.parse("count eq 5", FIELDS);

    assertThat(FilterEvaluator.matches(filter, name -> 5L)).isTrue();
    assertThat(FilterEvaluator.matches(filter, name -> 5.0)).isTrue();
    assertThat(FilterEvaluator.matches(filter, name -> BigInteger.valueOf(5))).isTrue();
    assertThat(FilterEvaluator.matches(filter, name -> new BigDecimal("5.000"))).isTrue();
    assertThat(FilterEvaluator.matches(filter, name -> 5.1)).isFalse();
  }

  @Test
  void takesInstantsForDates() {
    FilterExpression filter = FilterParser.parse("since eq 2014-05-01T02:00:00+02:00", FIELDS);

    assertThat(FilterEvaluator.matches(filter, name -> Instant.parse("2014-05-01T00:00:00Z")))
        .isTrue();
    assertThat(FilterEvaluator.matches(filter, name -> Instant.parse("2014-05-01T02:00:00Z")))
        .isFalse();
  }

  @Test
  void aValueOfAnotherTypeIsAMistakeInTheCode() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FilterEvaluator.matches(FilterParser.parse("count eq 5", FIELDS), name -> "5"))
        .withMessage(
            "The value of count is a java.lang.String, which cannot be compared with a"
                + " java.math.BigDecimal");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FilterEvaluator.matches(
                    FilterParser.parse("contains(name,'5')", FIELDS), name -> 5))
        .withMessage(
            "The value of name is a java.lang.Integer, which cannot be compared with a"
                + " java.lang.String");
  }

  private static boolean matches(String filter) {
    return matches(filter, VALUES);
  }

  private static boolean matches(String filter, Map<String, Object> values) {
    return FilterEvaluator.matches(FilterParser.parse(filter, FIELDS), values::get);
  }
}
