package dev.roster.server.odata;

import dev.roster.server.odata.FilterExpression.And;
import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.FunctionCall;
import dev.roster.server.odata.FilterExpression.Not;
import dev.roster.server.odata.FilterExpression.Or;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

/** Decides in memory whether an object meets a filter. */
public final class FilterEvaluator {

  private FilterEvaluator() {}

  /**
   * Tells whether the values meet the filter.
   *
   * <p>A missing value equals {@code null} and nothing else: every other comparison and every
   * function is false for it, except that {@code ne} a literal is true. Strings are compared by
   * code point, numbers regardless of their scale, dates as instants.
   *
   * @param values gives the value of a property, or null: a String, Number, Boolean, Instant or
   *     OffsetDateTime
   * @throws IllegalArgumentException if a value has another type than the literal; a mistake in the
   *     code
   */
  public static boolean matches(FilterExpression expression, Function<String, Object> values) {
    if (expression instanceof And and) {
      return and.terms().stream().allMatch(term -> matches(term, values));
    }
    if (expression instanceof Or or) {
      return or.terms().stream().anyMatch(term -> matches(term, values));
    }
    if (expression instanceof Not not) {
      return !matches(not.term(), values);
    }
    if (expression instanceof Comparison comparison) {
      return compares(comparison, values.apply(comparison.property()));
    }
    FunctionCall call = (FunctionCall) expression;
    return finds(call, values.apply(call.property()));
  }

  private static boolean compares(Comparison comparison, Object value) {
    if (value == null || comparison.value() == null) {
      boolean bothMissing = value == null && comparison.value() == null;
      return switch (comparison.operator()) {
        case EQUAL -> bothMissing;
        case NOT_EQUAL -> !bothMissing;
        case GREATER_THAN, GREATER_OR_EQUAL, LESS_THAN, LESS_OR_EQUAL -> false;
      };
    }
    int order = order(comparison, value);
    return switch (comparison.operator()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER_THAN -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS_THAN -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
    };
  }

  private static int order(Comparison comparison, Object value) {
    Object literal = comparison.value();
    if (value instanceof String left && literal instanceof String right) {
      return compare(left, right);
    }
    if (value instanceof Number left && literal instanceof BigDecimal right) {
      return decimal(left).compareTo(right);
    }
    if (value instanceof Boolean left && literal instanceof Boolean right) {
      return left.compareTo(right);
    }
    if (value instanceof OffsetDateTime left && literal instanceof OffsetDateTime right) {
      return left.toInstant().compareTo(right.toInstant());
    }
    if (value instanceof Instant left && literal instanceof OffsetDateTime right) {
      return left.compareTo(right.toInstant());
    }
    throw wrongType(comparison.property(), value, literal);
  }

  private static int compare(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        return Integer.compare(weight(left.charAt(i)), weight(right.charAt(i)));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Surrogates come behind everything else, as the code points do that they stand for. */
  private static int weight(char unit) {
    return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }

  private static boolean finds(FunctionCall call, Object value) {
    if (value == null) {
      return false;
    }
    if (!(value instanceof String string)) {
      throw wrongType(call.property(), value, call.value());
    }
    return switch (call.function()) {
      case STARTS_WITH -> string.startsWith(call.value());
      case ENDS_WITH -> string.endsWith(call.value());
      case CONTAINS, SUBSTRING_OF -> string.contains(call.value());
    };
  }

  private static IllegalArgumentException wrongType(String property, Object value, Object literal) {
    return new IllegalArgumentException(
        "The value of "
            + property
            + " is a "
            + value.getClass().getName()
            + ", which cannot be compared with a "
            + literal.getClass().getName());
  }
}
