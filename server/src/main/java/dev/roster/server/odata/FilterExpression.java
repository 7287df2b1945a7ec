package dev.roster.server.odata;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/**
 * A condition as an immutable tree.
 *
 * <p>Logic has two values: a comparison with a missing property is true or false, never unknown. A
 * translation to SQL therefore needs {@code IS DISTINCT FROM} for {@code ne} and has to turn
 * unknown into false before {@code NOT}.
 */
public sealed interface FilterExpression {

  /** True if every term is; at least two terms, in the order of the text. */
  record And(List<FilterExpression> terms) implements FilterExpression {

    /** Copies the terms. */
    public And {
      terms = twoOrMore(terms);
    }
  }

  /** True if any term is; at least two terms, in the order of the text. */
  record Or(List<FilterExpression> terms) implements FilterExpression {

    /** Copies the terms. */
    public Or {
      terms = twoOrMore(terms);
    }
  }

  /** True if the term is not. */
  record Not(FilterExpression term) implements FilterExpression {

    /** Checks that there is a term. */
    public Not {
      Objects.requireNonNull(term, "term");
    }
  }

  /**
   * Compares a property, on the left, with a literal.
   *
   * @param value String, BigDecimal, Boolean, OffsetDateTime or null
   */
  record Comparison(String property, Operator operator, Object value) implements FilterExpression {

    /** Checks the type of the literal. */
    public Comparison {
      Objects.requireNonNull(property, "property");
      Objects.requireNonNull(operator, "operator");
      boolean literal =
          value == null
              || value instanceof String
              || value instanceof BigDecimal
              || value instanceof Boolean
              || value instanceof OffsetDateTime;
      if (!literal) {
        throw new IllegalArgumentException("No literal has the type " + value.getClass().getName());
      }
    }
  }

  /** Looks for a text in a string property; false where the property is missing. */
  record FunctionCall(Function function, String property, String value)
      implements FilterExpression {

    /** Checks that nothing is missing. */
    public FunctionCall {
      Objects.requireNonNull(function, "function");
      Objects.requireNonNull(property, "property");
      Objects.requireNonNull(value, "value");
    }
  }

  /** How a property is compared with a literal. */
  enum Operator {
    /** Is the same value. */
    EQUAL("eq"),
    /** Is another value, or missing. */
    NOT_EQUAL("ne"),
    /** Comes after the literal. */
    GREATER_THAN("gt"),
    /** Comes after the literal or is the same. */
    GREATER_OR_EQUAL("ge"),
    /** Comes before the literal. */
    LESS_THAN("lt"),
    /** Comes before the literal or is the same. */
    LESS_OR_EQUAL("le");

    private final String keyword;

    Operator(String keyword) {
      this.keyword = keyword;
    }

    /** The operator as it is written in a filter. */
    public String keyword() {
      return keyword;
    }

    /** The operator that says the same with the two sides exchanged. */
    public Operator flipped() {
      return switch (this) {
        case EQUAL -> EQUAL;
        case NOT_EQUAL -> NOT_EQUAL;
        case GREATER_THAN -> LESS_THAN;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        case LESS_THAN -> GREATER_THAN;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      };
    }

    /** Whether the operator asks for an order rather than for equality. */
    public boolean isOrdering() {
      return this != EQUAL && this != NOT_EQUAL;
    }
  }

  /** How a text is looked for in a property. */
  enum Function {
    /** {@code startswith(property, 'text')}. */
    STARTS_WITH("startswith"),
    /** {@code endswith(property, 'text')}. */
    ENDS_WITH("endswith"),
    /** {@code contains(property, 'text')}, of OData v4. */
    CONTAINS("contains"),
    /** {@code substringof('text', property)}, the same as {@code contains} in OData v3. */
    SUBSTRING_OF("substringof");

    private final String keyword;

    Function(String keyword) {
      this.keyword = keyword;
    }

    /** The function as it is written in a filter. */
    public String keyword() {
      return keyword;
    }
  }

  private static List<FilterExpression> twoOrMore(List<FilterExpression> terms) {
    if (terms.size() < 2) {
      throw new IllegalArgumentException("And and or take at least two terms");
    }
    return List.copyOf(terms);
  }
}
