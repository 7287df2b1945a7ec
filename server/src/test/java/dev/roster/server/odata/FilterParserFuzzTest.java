package dev.roster.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.odata.FilterExpression.And;
import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.FunctionCall;
import dev.roster.server.odata.FilterExpression.Not;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterExpression.Or;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class FilterParserFuzzTest {

  private static final long SEED = 20_140_501L;
  private static final FilterFields FIELDS =
      FilterFields.builder()
          .field(
              "name",
              FieldType.STRING,
              EnumSet.allOf(Operator.class),
              EnumSet.allOf(Function.class))
          .field("info/count", FieldType.NUMBER)
          .field("since", FieldType.DATE_TIME)
          .field("enabled", FieldType.BOOLEAN)
          .build();
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          ",",
          "'",
          "''",
          " ",
          "and",
          "or",
          "not",
          "eq",
          "ne",
          "gt",
          "le",
          "name",
          "info/count",
          "since",
          "enabled",
          "true",
          "null",
          "-",
          "1",
          "2.5",
          "'x'",
          "startswith",
          "substringof",
          "contains",
          "datetime",
          "2014-05-01T00:00:00Z",
          "2014-",
          "/",
          "$",
          "\0",
          "\n",
          "é",
          "😀",
          "\ud83d",
          "\u202e");
  // Whole terms, so that a good part of the inputs is accepted.
  private static final List<String> TERMS =
      List.of(
          "name eq 'x'",
          "2.5 lt info/count",
          "since ge datetime'2014-05-01'",
          "not enabled ne true",
          "startswith(name,'x')",
          "(name eq null",
          "info/count eq 'x'");
  private static final List<String> CONNECTIONS =
      List.of(" and ", " or ", " and not ", ") or (", " ");

  @Test
  void anyInputGivesAnExpressionOrARefusalThatPointsIntoIt() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int round = 0; round < 100_000; round++) {
      String text =
          switch (round % 3) {
            case 0 -> characters(random);
            case 1 -> pieces(random);
            default -> terms(random);
          };
      if (isAccepted(text)) {
        accepted++;
      }
    }
    assertThat(accepted).isBetween(5_000, 50_000);
  }

  @Test
  void everyExpressionIsReadBackFromItsText() {
    Random random = new Random(SEED);
    for (int round = 0; round < 5_000; round++) {
      FilterExpression expression = expression(random, 4);
      String text = text(expression);
      assertThat(FilterParser.parse(text, FIELDS)).as(text).isEqualTo(expression);
    }
  }

  private static boolean isAccepted(String text) {
    try {
      assertThat(FilterParser.parse(text, FIELDS)).isNotNull();
      return true;
    } catch (ODataSyntaxException e) {
      assertThat(e.position()).as(text).isBetween(1, text.length() + 1);
      assertThat(e.getMessage()).startsWith("At position ").hasSizeLessThan(220);
      assertThat(e.getMessage()).doesNotContain("\n", "\0", "\u202e");
      return false;
    }
  }

  private static String characters(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(60); length > 0; length--) {
      text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
    }
    return text.toString();
  }

  private static String pieces(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(300); length > 0; length--) {
      text.append(oneOf(PIECES, random));
    }
    return text.toString();
  }

  private static String terms(Random random) {
    StringBuilder text = new StringBuilder(oneOf(TERMS, random));
    for (int length = random.nextInt(4); length > 0; length--) {
      text.append(oneOf(CONNECTIONS, random)).append(oneOf(TERMS, random));
    }
    return text.toString();
  }

  private static FilterExpression expression(Random random, int depth) {
    return switch (depth == 0 ? 3 + random.nextInt(2) : random.nextInt(5)) {
      case 0 -> new And(expressions(random, depth - 1));
      case 1 -> new Or(expressions(random, depth - 1));
      case 2 -> new Not(expression(random, depth - 1));
      case 3 -> new FunctionCall(oneOf(List.of(Function.values()), random), "name", string(random));
      default -> comparison(random);
    };
  }

  private static List<FilterExpression> expressions(Random random, int depth) {
    List<FilterExpression> expressions = new ArrayList<>();
    for (int count = 2 + random.nextInt(2); count > 0; count--) {
      expressions.add(expression(random, depth));
    }
    return expressions;
  }

  private static FilterExpression comparison(Random random) {
    Operator operator = oneOf(List.of(Operator.values()), random);
    return switch (random.nextInt(5)) {
      case 0 -> new Comparison("name", operator, string(random));
      case 1 ->
          new Comparison(
              "info/count",
              operator,
              BigDecimal.valueOf(random.nextInt(20_000) - 10_000L, random.nextInt(3)));
      case 2 ->
          new Comparison(
              "since",
              operator,
              OffsetDateTime.parse("2014-05-01T00:00:00Z").plusSeconds(random.nextInt()));
      case 3 -> new Comparison("enabled", Operator.NOT_EQUAL, random.nextBoolean());
      default -> new Comparison("name", Operator.EQUAL, null);
    };
  }

  private static String string(Random random) {
    return oneOf(List.of("", "x", "it's", "' or '", "a and (b", "😀", "datetime'"), random);
  }

  private static <T> T oneOf(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String text(FilterExpression expression) {
    if (expression instanceof And and) {
      return joined(and.terms(), " and ");
    }
    if (expression instanceof Or or) {
      return joined(or.terms(), " or ");
    }
    if (expression instanceof Not not) {
      return "not (" + text(not.term()) + ")";
    }
    if (expression instanceof Comparison comparison) {
      return comparison.property()
          + " "
          + comparison.operator().keyword()
          + " "
          + literal(comparison.value());
    }
    FunctionCall call = (FunctionCall) expression;
    String value = literal(call.value());
    return call.function().keyword()
        + (call.function() == Function.SUBSTRING_OF
            ? "(" + value + ", " + call.property() + ")"
            : "(" + call.property() + ", " + value + ")");
  }

  private static String joined(List<FilterExpression> terms, String connection) {
    StringJoiner text = new StringJoiner(connection);
    terms.forEach(term -> text.add("(" + text(term) + ")"));
    return text.toString();
  }

  private static String literal(Object value) {
    if (value instanceof String string) {
      return "'" + string.replace("'", "''") + "'";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }
}
