package dev.roster.server.nimble;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A condition on the objects of a set. */
sealed interface Criterion<R> {

  /** Whether an object meets it. */
  boolean holds(R object);

  /** The value that a member has of every object that meets it, if the condition says so. */
  default Optional<Object> only(Field<R> field) {
    return Optional.empty();
  }

  /** All of some conditions; none of them hold always. */
  record All<R>(List<Criterion<R>> criteria) implements Criterion<R> {
    @Override
    public boolean holds(R object) {
      return criteria.stream().allMatch(criterion -> criterion.holds(object));
    }

    @Override
    public Optional<Object> only(Field<R> field) {
      return criteria.stream().flatMap(criterion -> criterion.only(field).stream()).findFirst();
    }
  }

  /** One of some conditions; none of them hold always, as criteria that say nothing. */
  record Any<R>(List<Criterion<R>> criteria) implements Criterion<R> {
    @Override
    public boolean holds(R object) {
      return criteria.isEmpty() || criteria.stream().anyMatch(criterion -> criterion.holds(object));
    }
  }

  /** The opposite of a condition. */
  record Not<R>(Criterion<R> criterion) implements Criterion<R> {
    @Override
    public boolean holds(R object) {
      return !criterion.holds(object);
    }
  }

  /**
   * A member is one of some values.
   *
   * @param values of the type that the member is compared as; in lower case if case is ignored
   */
  record In<R>(Field<R> field, Set<Object> values, boolean ignoresCase) implements Criterion<R> {
    @Override
    public boolean holds(R object) {
      Object value = field.compared().apply(object);
      return values.contains(ignoresCase ? lower(value) : value);
    }

    @Override
    public Optional<Object> only(Field<R> asked) {
      return asked.equals(field) && values.size() == 1 && !ignoresCase
          ? Optional.of(values.iterator().next())
          : Optional.empty();
    }
  }

  /** A text has a part. */
  record Contains<R>(Field<R> field, String part, boolean ignoresCase) implements Criterion<R> {
    @Override
    public boolean holds(R object) {
      Object value = field.compared().apply(object);
      return ((String) (ignoresCase ? lower(value) : value)).contains(part);
    }
  }

  /** A text has a part that a pattern describes. */
  record Matches<R>(Field<R> field, Pattern pattern) implements Criterion<R> {
    @Override
    public boolean holds(R object) {
      return pattern.matcher((String) field.compared().apply(object)).find();
    }
  }

  /** A member compares with a value by its order. */
  record Ordered<R>(Field<R> field, Order order, Object value) implements Criterion<R> {

    @Override
    public boolean holds(R object) {
      int comparison = compare(field.compared().apply(object), value);
      return switch (order) {
        case BELOW -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case ABOVE -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }
  }

  /** How a member has to stand to a value. */
  enum Order {
    BELOW,
    AT_MOST,
    ABOVE,
    AT_LEAST
  }

  /** Compares two values of one type; texts by code point. */
  static int compare(Object left, Object right) {
    if (left instanceof Long number) {
      return number.compareTo((Long) right);
    }
    if (left instanceof Boolean flag) {
      return flag.compareTo((Boolean) right);
    }
    return compareCodePoints((String) left, (String) right);
  }

  private static int compareCodePoints(String left, String right) {
    // One of them may be as long as a body, and is compared with every object.
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        return Integer.compare(left.codePointAt(i), right.codePointAt(i));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** A text in lower case; other values as they are. */
  static Object lower(Object value) {
    return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }
}
