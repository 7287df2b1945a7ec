package dev.roster.server.odata;

import dev.roster.server.odata.FilterExpression.And;
import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.FunctionCall;
import dev.roster.server.odata.FilterExpression.Not;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterExpression.Or;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Translates a filter into a condition of PostgreSQL that decides as {@link FilterEvaluator} does.
 *
 * <p>Nothing that a caller wrote becomes part of the text: values are parameters. Comparisons and
 * {@code startswith} are written so that an index on the column serves them.
 */
public final class FilterSql {

  /** The precision of PostgreSQL's times. */
  private static final int NANOS_OF_COLUMN = 1000;

  private final Map<String, Column> columns;
  private final Map<String, Object> parameters = new HashMap<>();

  /**
   * Where the values of a property are.
   *
   * @param sql the column; texts have to have the collation C, by which prefixes are ranges
   * @param nullable whether the property may be missing
   */
  public record Column(String sql, boolean nullable) {}

  /**
   * A condition.
   *
   * @param sql with named parameters, each with a colon before its name
   * @param parameters by their names, which begin with {@code filter}
   */
  public record Condition(String sql, Map<String, Object> parameters) {}

  private FilterSql(Map<String, Column> columns) {
    this.columns = columns;
  }

  /**
   * Translates a filter.
   *
   * @param columns by the names of the properties; has to know all that the filter may use
   */
  public static Condition translate(FilterExpression expression, Map<String, Column> columns) {
    FilterSql translation = new FilterSql(columns);
    return new Condition(translation.condition(expression), Map.copyOf(translation.parameters));
  }

  private String condition(FilterExpression expression) {
    if (expression instanceof And and) {
      return joined(and.terms(), " and ");
    }
    if (expression instanceof Or or) {
      return joined(or.terms(), " or ");
    }
    if (expression instanceof Not not) {
      return "not (" + condition(not.term()) + ")";
    }
    if (expression instanceof Comparison comparison) {
      return comparison(comparison);
    }
    return functionCall((FunctionCall) expression);
  }

  private String joined(List<FilterExpression> terms, String operator) {
    return terms.stream().map(this::condition).collect(Collectors.joining(operator, "(", ")"));
  }

  private String comparison(Comparison comparison) {
    Column column = columns.get(comparison.property());
    Operator operator = comparison.operator();
    if (comparison.value() == null) {
      return column.sql() + (operator == Operator.EQUAL ? " is null" : " is not null");
    }
    if (comparison.value() instanceof OffsetDateTime time
        && time.getNano() % NANOS_OF_COLUMN != 0) {
      return comparison(column, operator, time);
    }
    String value = parameter(comparison.value());
    if (operator == Operator.NOT_EQUAL && column.nullable()) {
      return column.sql() + " is distinct from " + value;
    }
    String symbol =
        switch (operator) {
          case EQUAL -> " = ";
          case NOT_EQUAL -> " <> ";
          case GREATER_THAN -> " > ";
          case GREATER_OR_EQUAL -> " >= ";
          case LESS_THAN -> " < ";
          case LESS_OR_EQUAL -> " <= ";
        };
    return known(column, column.sql() + symbol + value);
  }

  /** Compares with a time between two that the column can hold, to one of which it would round. */
  private String comparison(Column column, Operator operator, OffsetDateTime time) {
    return switch (operator) {
      case EQUAL -> "false";
      case NOT_EQUAL -> "true";
      case GREATER_THAN, GREATER_OR_EQUAL -> known(column, column.sql() + " > " + before(time));
      case LESS_THAN, LESS_OR_EQUAL -> known(column, column.sql() + " <= " + before(time));
    };
  }

  private String before(OffsetDateTime time) {
    return parameter(time.truncatedTo(ChronoUnit.MICROS));
  }

  private String functionCall(FunctionCall call) {
    Column column = columns.get(call.property());
    String value = parameter(call.value());
    Function function = call.function();
    String found =
        switch (function) {
          case STARTS_WITH -> startsWith(column, call.value(), value);
          case ENDS_WITH -> "right(" + column.sql() + ", length(" + value + ")) = " + value;
          case CONTAINS, SUBSTRING_OF -> "position(" + value + " in " + column.sql() + ") > 0";
        };
    return known(column, found);
  }

  /** The range of texts that begin so, in which an index looks. */
  private String startsWith(Column column, String prefix, String value) {
    String from = column.sql() + " >= " + value;
    String end = successor(prefix);
    return end.isEmpty() ? from : from + " and " + column.sql() + " < " + parameter(end);
  }

  /** The first text, in the order of code points, behind all that begin so; empty if none is. */
  private static String successor(String prefix) {
    int[] points = prefix.codePoints().toArray();
    for (int i = points.length - 1; i >= 0; i--) {
      if (points[i] < Character.MAX_CODE_POINT) {
        int next = points[i] + 1;
        boolean surrogate = next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE;
        points[i] = surrogate ? Character.MAX_SURROGATE + 1 : next;
        return new String(points, 0, i + 1);
      }
    }
    return "";
  }

  /** Makes of unknown, which a missing value leads to, a no. */
  private static String known(Column column, String condition) {
    return column.nullable() ? "coalesce(" + condition + ", false)" : "(" + condition + ")";
  }

  private String parameter(Object value) {
    String name =
        "filter" + (char) ('A' + parameters.size() / 26) + (char) ('A' + parameters.size() % 26);
    parameters.put(name, value);
    String type =
        value instanceof OffsetDateTime
            ? "timestamptz"
            : value instanceof Boolean ? "boolean" : value instanceof String ? "text" : "numeric";
    return "cast(:" + name + " as " + type + ")";
  }
}
