package dev.roster.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterSql.Column;
import dev.roster.server.odata.FilterSql.Condition;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSqlTest {

  private static final FilterFields FIELDS =
      FilterFields.builder()
          .field(
              "name",
              FieldType.STRING,
              EnumSet.allOf(Operator.class),
              EnumSet.allOf(Function.class))
          .field(
              "note",
              FieldType.STRING,
              EnumSet.allOf(Operator.class),
              EnumSet.allOf(Function.class))
          .field("count", FieldType.NUMBER)
          .field("since", FieldType.DATE_TIME)
          .field("enabled", FieldType.BOOLEAN)
          .build();

  private static final Map<String, Column> COLUMNS =
      Map.of(
          "name", new Column("n", false),
          "note", new Column("o", true),
          "count", new Column("c", false),
          "since", new Column("s", false),
          "enabled", new Column("e", false));

  private static Condition translate(String filter) {
    return FilterSql.translate(FilterParser.parse(filter, FIELDS), COLUMNS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "name eq 'x' | (n = cast(:filterAA as text))",
        "name ne 'x' | (n <> cast(:filterAA as text))",
        "name gt 'x' | (n > cast(:filterAA as text))",
        "name ge 'x' | (n >= cast(:filterAA as text))",
        "name lt 'x' | (n < cast(:filterAA as text))",
        "name le 'x' | (n <= cast(:filterAA as text))",
        "note eq 'x' | coalesce(o = cast(:filterAA as text), false)",
        "note ne 'x' | o is distinct from cast(:filterAA as text)",
        "note eq null | o is null",
        "note ne null | o is not null",
        "count eq 1.5 | (c = cast(:filterAA as numeric))",
        "enabled eq true | (e = cast(:filterAA as boolean))",
        "since lt 2014-05-01 | (s < cast(:filterAA as timestamptz))",
        "since eq 2014-05-01T00:00:00.0000001Z | false",
        "since ne 2014-05-01T00:00:00.0000001Z | true",
        "since gt 2014-05-01T00:00:00.0000001Z | (s > cast(:filterAA as timestamptz))",
        "since ge 2014-05-01T00:00:00.0000001Z | (s > cast(:filterAA as timestamptz))",
        "since lt 2014-05-01T00:00:00.0000001Z | (s <= cast(:filterAA as timestamptz))",
        "since le 2014-05-01T00:00:00.0000001Z | (s <= cast(:filterAA as timestamptz))",
        "startswith(name,'') | (n >= cast(:filterAA as text))",
        "contains(note,'x') | coalesce(position(cast(:filterAA as text) in o) > 0, false)",
        "substringof('x',name) | (position(cast(:filterAA as text) in n) > 0)",
        "not name eq 'x' | not ((n = cast(:filterAA as text)))"
      })
  void conditionIsOfTheColumnsOnly(String filter, String sql) {
    assertThat(translate(filter).sql()).isEqualTo(sql);
  }

  @Test
  void timesAreCutToThePrecisionOfTheColumn() {
    assertThat(translate("since gt 2014-05-01T00:00:00.0000019Z").parameters())
        .containsOnly(Map.entry("filterAA", OffsetDateTime.parse("2014-05-01T00:00:00.000001Z")));
  }

  @Test
  void nothingThatWasWrittenBecomesPartOfTheText() {
    String evil = "'; drop table x; -- :space ? \\";

    Condition condition =
        translate("name eq '%1$s' or contains(note,'%1$s')".formatted(evil.replace("'", "''")));

    assertThat(condition.sql()).doesNotContain("drop", ";", "?", "\\", "'");
    assertThat(condition.parameters())
        .containsOnly(Map.entry("filterAA", evil), Map.entry("filterAB", evil));
  }

  @ParameterizedTest
  @CsvSource({
    "a, b",
    "az, a{",
    "'a\ud7ff', 'a\ue000'",
    "'a\uffff', 'a\ud800\udc00'",
    "'a\udbff\udfff', b",
    "'a\udbff\udfff\udbff\udfff', b",
    "'😀', '😁'"
  })
  void prefixIsARangeThatEndsWithTheNextText(String prefix, String end) {
    Condition condition = translate("startswith(name,'%s')".formatted(prefix));

    assertThat(condition.sql())
        .isEqualTo("(n >= cast(:filterAA as text) and n < cast(:filterAB as text))");
    assertThat(condition.parameters())
        .containsOnly(Map.entry("filterAA", prefix), Map.entry("filterAB", end));
  }

  @Test
  void nothingComesBehindTheLastCharacter() {
    Condition condition = translate("startswith(name,'\udbff\udfff\udbff\udfff')");

    assertThat(condition.sql()).isEqualTo("(n >= cast(:filterAA as text))");
  }

  @Test
  void parametersOfTheLargestFilterHaveNamesOfTheirOwn() {
    String filter =
        IntStream.range(0, 200)
            .mapToObj(i -> "startswith(name,'%d')".formatted(i))
            .collect(Collectors.joining(" or "));

    Condition condition = translate(filter);

    assertThat(condition.parameters()).hasSize(400);
    assertThat(condition.parameters().keySet()).allMatch(name -> name.matches("filter[A-Z]{2}"));
  }
}
