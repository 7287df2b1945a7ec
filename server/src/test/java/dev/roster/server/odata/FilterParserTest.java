package dev.roster.server.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.server.odata.FilterExpression.And;
import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.FunctionCall;
import dev.roster.server.odata.FilterExpression.Not;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterExpression.Or;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

  private static final FilterFields FIELDS =
      FilterFields.builder()
          .field("state", FieldType.STRING, EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL))
          .field("stateTransitionTime", FieldType.DATE_TIME)
          .field("startTaskInfo/exitCode", FieldType.NUMBER)
          .field("isDedicated", FieldType.BOOLEAN)
          .field(
              "name",
              FieldType.STRING,
              EnumSet.allOf(Operator.class),
              EnumSet.allOf(Function.class))
          .field("path", FieldType.STRING, Set.of(), Set.of(Function.STARTS_WITH))
          .build();

  private static final Comparison IDLE = new Comparison("state", Operator.EQUAL, "idle");
  private static final Comparison FAILED =
      new Comparison("startTaskInfo/exitCode", Operator.NOT_EQUAL, BigDecimal.ZERO);
  private static final Comparison DEDICATED = new Comparison("isDedicated", Operator.EQUAL, true);

  @ParameterizedTest
  @CsvSource({
    "eq, EQUAL",
    "ne, NOT_EQUAL",
    "gt, GREATER_THAN",
    "ge, GREATER_OR_EQUAL",
    "lt, LESS_THAN",
    "le, LESS_OR_EQUAL"
  })
  void readsEveryOperator(String keyword, Operator operator) {
    assertThat(parse("startTaskInfo/exitCode " + keyword + " 7"))
        .isEqualTo(new Comparison("startTaskInfo/exitCode", operator, new BigDecimal("7")));
  }

  @ParameterizedTest
  @CsvSource({
    "eq, EQUAL",
    "ne, NOT_EQUAL",
    "gt, LESS_THAN",
    "ge, LESS_OR_EQUAL",
    "lt, GREATER_THAN",
    "le, GREATER_OR_EQUAL"
  })
  void turnsAComparisonAroundThatStartsWithTheLiteral(String keyword, Operator operator) {
    assertThat(parse("7 " + keyword + " startTaskInfo/exitCode"))
        .isEqualTo(new Comparison("startTaskInfo/exitCode", operator, new BigDecimal("7")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "startswith(name,'ab')|STARTS_WITH",
        "endswith ( name , 'ab' )|ENDS_WITH",
        "contains(name,'ab')|CONTAINS",
        "substringof('ab', name)|SUBSTRING_OF"
      })
  void readsEveryFunction(String call, Function function) {
    assertThat(parse(call)).isEqualTo(new FunctionCall(function, "name", "ab"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'',\"\"",
        "'it''s',it's",
        "'''',\"'\"",
        "'a and (b',a and (b",
        "'Jürgen 😀',Jürgen 😀"
      })
  void readsStrings(String literal, String value) {
    assertThat(parse("name eq " + literal))
        .isEqualTo(new Comparison("name", Operator.EQUAL, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "007", "12.50", "-3.25", "1234567890123456789012345678901234567890"})
  void readsNumbersExactly(String literal) {
    assertThat(parse("startTaskInfo/exitCode eq " + literal))
        .isEqualTo(
            new Comparison("startTaskInfo/exitCode", Operator.EQUAL, new BigDecimal(literal)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "2014-05-01T00:00:00Z,          2014-05-01T00:00:00Z",
        "datetime'2014-05-01T00:00:00Z', 2014-05-01T00:00:00Z",
        "DateTime'2014-05-01T00:00:00Z', 2014-05-01T00:00:00Z",
        "datetimeoffset'2014-05-01T02:00:00+02:00', 2014-05-01T02:00:00+02:00",
        "2014-05-01T02:00:00.1234567-07:30, 2014-05-01T02:00:00.1234567-07:30",
        "datetime'2014-05-01T12:30',    2014-05-01T12:30:00Z",
        "datetime'2017-02-02',          2017-02-02T00:00:00Z",
        "2017-02-02,                    2017-02-02T00:00:00Z",
        "2016-02-29t23:59:59z,          2016-02-29T23:59:59Z"
      })
  void readsDates(String literal, OffsetDateTime value) {
    assertThat(parse("stateTransitionTime lt " + literal))
        .isEqualTo(new Comparison("stateTransitionTime", Operator.LESS_THAN, value));
  }

  @Test
  void readsBooleansAndNull() {
    assertThat(parse("isDedicated eq true")).isEqualTo(DEDICATED);
    assertThat(parse("isDedicated ne false"))
        .isEqualTo(new Comparison("isDedicated", Operator.NOT_EQUAL, false));
    assertThat(parse("stateTransitionTime eq null"))
        .isEqualTo(new Comparison("stateTransitionTime", Operator.EQUAL, null));
    assertThat(parse("null ne name")).isEqualTo(new Comparison("name", Operator.NOT_EQUAL, null));
  }

  @Test
  void andBindsCloserThanOr() {
    assertThat(
            parse(
                "state eq 'idle' or startTaskInfo/exitCode ne 0 and isDedicated eq true"
                    + " or state eq 'idle'"))
        .isEqualTo(new Or(List.of(IDLE, new And(List.of(FAILED, DEDICATED)), IDLE)));
  }

  @Test
  void notBindsCloserThanAnd() {
    assertThat(parse("not state eq 'idle' and not not isDedicated eq true"))
        .isEqualTo(new And(List.of(new Not(IDLE), new Not(new Not(DEDICATED)))));
  }

  @Test
  void parenthesesGroupAndAreNotKept() {
    assertThat(parse("((state eq 'idle') or startTaskInfo/exitCode ne 0) and isDedicated eq true"))
        .isEqualTo(new And(List.of(new Or(List.of(IDLE, FAILED)), DEDICATED)));
    assertThat(parse("not(state eq 'idle')")).isEqualTo(new Not(IDLE));
  }

  @Test
  void blanksOnlyMatterBetweenWords() {
    assertThat(parse("\t(state\r\n eq'idle')and(isDedicated eq true) "))
        .isEqualTo(new And(List.of(IDLE, DEDICATED)));
  }

  @Test
  void readsAFilterAsBatchClientsSendIt() {
    assertThat(parse("state eq 'idle' and stateTransitionTime lt DateTime'2023-04-05T06:07:08Z'"))
        .isEqualTo(
            new And(
                List.of(
                    IDLE,
                    new Comparison(
                        "stateTransitionTime",
                        Operator.LESS_THAN,
                        OffsetDateTime.of(2023, 4, 5, 6, 7, 8, 0, ZoneOffset.UTC)))));
  }

  @Test
  void propertiesMatchExactlyUnlessTheCallerIgnoresCase() {
    FilterFields lenient =
        FilterFields.builder().field("displayName", FieldType.STRING).ignoreCase().build();

    assertThat(FilterParser.parse("DISPLAYNAME eq 'x'", lenient))
        .isEqualTo(new Comparison("displayName", Operator.EQUAL, "x"));
    assertThatThrownBy(() -> parse("State eq 'idle'"))
        .isInstanceOf(ODataSyntaxException.class)
        .hasMessage("At position 1, \"State\" is not a property that can be filtered on.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|1|the filter ends where a comparison or function is expected",
        "`  `|3|the filter ends where a comparison or function is expected",
        "colour eq 'red'|1|\"colour\" is not a property that can be filtered on",
        "state/ eq 'red'|1|\"state/\" is not a property that can be filtered on",
        "'x' eq colour|8|\"colour\" is not a property that can be filtered on",
        "state|6|the filter ends where an operator is expected",
        "state eq|9|the filter ends where a value is expected",
        "state is 'idle'|7|\"is\" stands where an operator is expected",
        "state EQ 'idle'|7|\"EQ\" stands where an operator is expected",
        "state 'idle'|7|a value stands where an operator is expected",
        "5 is name|3|\"is\" stands where an operator is expected",
        "5 is|3|\"is\" stands where an operator is expected",
        "state eq name|10|\"name\" stands where a value is expected",
        "state eq idle|10|\"idle\" stands where a value is expected",
        "1 eq 1|6|a value stands where a property is expected",
        "true|5|the filter ends where an operator is expected",
        "state gt 'idle'|7|the operator gt is not allowed for the property state",
        "'idle' gt state|8|the operator gt is not allowed for the property state",
        "path eq 'x'|6|the operator eq is not allowed for the property path",
        "isDedicated gt true|13|the operator gt is not allowed for the property isDedicated",
        "name gt null|6|null can only be compared with eq and ne",
        "null le name|6|null can only be compared with eq and ne",
        "state eq 5|10|the value for the property state has to be a string",
        "startTaskInfo/exitCode eq '5'|27"
            + "|the value for the property startTaskInfo/exitCode has to be a number",
        "isDedicated eq 1|16|the value for the property isDedicated has to be true or false",
        "stateTransitionTime gt '2014-05-01T00:00:00Z'|24"
            + "|the value for the property stateTransitionTime has to be a date",
        "state eq 'idle' state eq 'idle'|17"
            + "|\"state\" stands where and, or or the end of the filter is expected",
        "state eq 'idle')|16|\")\" stands where and, or or the end of the filter is expected",
        "state eq 'idle' AND state eq 'idle'|17"
            + "|\"AND\" stands where and, or or the end of the filter is expected",
        "(state eq 'idle'|17|the filter ends where and, or or \")\" is expected",
        "()|2|\")\" stands where a comparison or function is expected",
        "state eq 'idle' and|20|the filter ends where a comparison or function is expected",
        "not|4|the filter ends where a comparison or function is expected",
        "state eq 'idle|10|a string starts that is not closed by a quote",
        "state eq 'it''s|10|a string starts that is not closed by a quote",
        "state eq \"idle\"|10|the character \"\"\" is not allowed",
        "state = 'idle'|7|the character \"=\" is not allowed",
        "state eq 😀|10|the character \"😀\" is not allowed",
        "state eq 'idle'; drop|16|the character \";\" is not allowed",
        "startTaskInfo/exitCode eq 1e5|27"
            + "|\"1e5\" is not a number with at most 40 digits on each side of the point",
        "startTaskInfo/exitCode eq -|27"
            + "|\"-\" is not a number with at most 40 digits on each side of the point",
        "startTaskInfo/exitCode eq 1.|27"
            + "|\"1.\" is not a number with at most 40 digits on each side of the point",
        "startTaskInfo/exitCode eq 12345678901234567890123456789012345678901|27"
            + "|\"12345678901234567890123456789012345678901\" is not a number with at most 40"
            + " digits on each side of the point",
        "stateTransitionTime gt 2014-02-30T00:00:00Z|24"
            + "|the date is not written in ISO 8601, such as 2014-05-01T00:00:00Z",
        "stateTransitionTime gt 2014-05-01T24:00:00Z|24"
            + "|the date is not written in ISO 8601, such as 2014-05-01T00:00:00Z",
        "stateTransitionTime gt datetime'yesterday'|24"
            + "|the date is not written in ISO 8601, such as 2014-05-01T00:00:00Z",
        "stateTransitionTime gt datetime'+10000-01-01'|24"
            + "|the date is not written in ISO 8601, such as 2014-05-01T00:00:00Z",
        "stateTransitionTime gt 0000-01-01|24"
            + "|the date is not written in ISO 8601, such as 2014-05-01T00:00:00Z",
        "stateTransitionTime gt guid'1'|24|\"guid\" stands where a value is expected",
        "matches(name,'x')|1|\"matches\" is not a known function",
        "StartsWith(name,'x')|1|\"StartsWith\" is not a known function",
        "endswith(path,'x')|1|the function endswith is not allowed for the property path",
        "startswith(state,'x')|1|the function startswith is not allowed for the property state",
        "startswith(colour,'x')|12|\"colour\" is not a property that can be filtered on",
        "startswith(name,5)|17|the value for the property name has to be a string",
        "startswith(name,null)|17|the value for the property name has to be a string",
        "startswith('x',name)|12|a value stands where a property is expected",
        "substringof(name,'x')|13|\"name\" stands where a string is expected",
        "startswith(name)|16|\")\" stands where a comma is expected",
        "startswith(name,'x','y')|20|\",\" stands where \")\" is expected",
        "startswith(name,'x'|20|the filter ends where \")\" is expected"
      })
  void refusesWhatIsNotAFilterAndSaysWhere(String text, int position, String problem) {
    ODataSyntaxException refusal = refusal(text);

    assertThat(refusal).hasMessage("At position " + position + ", " + problem + ".");
    assertThat(refusal.position()).isEqualTo(position);
  }

  @Test
  void refusesTheNullCharacter() {
    assertThat(refusal("name eq 'a\0b'"))
        .hasMessage("At position 11, the character U+0000 is not allowed.");
    assertThat(refusal("name\0eq 'x'"))
        .hasMessage("At position 5, the character \"?\" is not allowed.");
  }

  @Test
  void repeatsAtMostEightyCharacters() {
    assertThat(refusal("n".repeat(80) + " eq 1"))
        .hasMessage(
            "At position 1, \"" + "n".repeat(80) + "\" is not a property that can be filtered on.");
    assertThat(refusal("n".repeat(81) + " eq 1"))
        .hasMessage(
            "At position 1, \""
                + "n".repeat(77)
                + "...\" is not a property that can be filtered on.");
  }

  @Test
  void takes8192CharactersAndNoMore() {
    String filter = "name eq '" + "x".repeat(8192 - 10) + "'";

    assertThat(parse(filter))
        .isEqualTo(new Comparison("name", Operator.EQUAL, "x".repeat(8192 - 10)));
    assertThat(refusal(filter + " "))
        .hasMessage("At position 8193, the filter is longer than 8192 characters.");
  }

  @Test
  void takes32LevelsAndNoMore() {
    assertThat(parse("(".repeat(32) + "state eq 'idle'" + ")".repeat(32))).isEqualTo(IDLE);
    assertThat(parse("not (".repeat(16) + "state eq 'idle'" + ")".repeat(16)))
        .hasToString("Not[term=".repeat(16) + IDLE + "]".repeat(16));
    assertThat(refusal("(".repeat(33) + "state eq 'idle'" + ")".repeat(33)))
        .hasMessage("At position 33, the filter is nested deeper than 32 levels.");
    assertThat(refusal("not ".repeat(33) + "state eq 'idle'"))
        .hasMessage("At position 129, the filter is nested deeper than 32 levels.");
  }

  @Test
  void levelsEndWithTheirParenthesis() {
    String group = "(((state eq 'idle')))";

    assertThat(parse(String.join(" and ", Collections.nCopies(50, group))))
        .isEqualTo(new And(Collections.nCopies(50, IDLE)));
    assertThat(parse(String.join(" or ", Collections.nCopies(50, "not not state eq 'idle'"))))
        .isEqualTo(new Or(Collections.nCopies(50, new Not(new Not(IDLE)))));
  }

  @Test
  void takes200TermsAndNoMore() {
    String filter = String.join(" or ", Collections.nCopies(200, "state eq 'idle'"));

    assertThat(parse(filter)).isEqualTo(new Or(Collections.nCopies(200, IDLE)));
    assertThat(refusal(filter + " or startswith(name,'x')"))
        .hasMessage("At position 3801, the filter has more than 200 terms.");
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 100_000})
  void endlessParenthesesAreRefusedAtALimit(int count) {
    assertThat(refusal("(".repeat(count)).position()).isEqualTo(count > 8192 ? 8193 : 33);
    assertThat(refusal("(".repeat(count / 2) + ")".repeat(count / 2)).position())
        .isEqualTo(count > 8192 ? 8193 : 33);
  }

  private static FilterExpression parse(String text) {
    return FilterParser.parse(text, FIELDS);
  }

  private static ODataSyntaxException refusal(String text) {
    return catchThrowableOfType(ODataSyntaxException.class, () -> parse(text));
  }
}
