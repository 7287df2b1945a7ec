package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.roster.server.error.ApiException;
import dev.roster.server.nimble.Criterion.Order;
import dev.roster.server.nimble.Field.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the criteria of one query and keeps them within bounds. */
final class CriteriaReader<R> {

  private static final int DEEPEST = 16;
  private static final int MOST_CONDITIONS = 256;
  private static final int MOST_VALUES = 1024;
  private static final int LONGEST_PATTERN = 256;
  private static final int LARGEST_PATTERNS = 1024;

  /** How clients that render everything as text write that there is no value. */
  private static final String NO_VALUE = "null";

  private final ObjectSet<R> objects;
  private final Consumer<String> secrets;
  private int conditions;
  private long patterns;

  /**
   * Makes a reader for one query.
   *
   * @param secrets told of every secret that the query names, which its caller therefore knows
   */
  CriteriaReader(ObjectSet<R> objects, Consumer<String> secrets) {
    this.objects = objects;
    this.secrets = secrets;
  }

  /**
   * Reads the data of a query.
   *
   * @throws ApiException with the code of what is missing, unknown or too large
   */
  Criterion<R> read(JsonNode data) {
    if (!data.path("_constructor").asText().equals("AdvancedCriteria")) {
      throw NimbleErrors.missingConstructor();
    }
    return read(data, 1);
  }

  private Criterion<R> read(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      throw NimbleErrors.invalidCriteria("The criteria are nested deeper than 16.");
    }
    if (!node.isObject()) {
      throw NimbleErrors.invalidCriteria("A criterion has to be a JSON object.");
    }
    if (!node.path("operator").isTextual()) {
      throw NimbleErrors.missingCriteriaOperator();
    }
    String operator = node.get("operator").textValue();
    return switch (operator) {
      case "and" -> new Criterion.All<>(readAll(node, depth));
      case "or" -> new Criterion.Any<>(readAll(node, depth));
      default -> condition(node, operator);
    };
  }

  private List<Criterion<R>> readAll(JsonNode node, int depth) {
    if (!node.path("criteria").isArray()) {
      throw NimbleErrors.missingCriteria();
    }
    List<Criterion<R>> criteria = new ArrayList<>();
    for (JsonNode criterion : node.get("criteria")) {
      criteria.add(read(criterion, depth + 1));
    }
    return criteria;
  }

  private Criterion<R> condition(JsonNode node, String operator) {
    conditions++;
    if (conditions > MOST_CONDITIONS) {
      throw NimbleErrors.invalidCriteria("The query has more than 256 conditions.");
    }
    if (!node.path("fieldName").isTextual()) {
      throw NimbleErrors.missingCriteriaField();
    }
    String name = node.get("fieldName").textValue();
    Field<R> field = objects.field(name).orElseThrow(() -> NimbleErrors.unknownCriteriaField(name));
    return switch (operator) {
      // What assign means is nowhere told.
      case "equals", "assign" -> equal(field, value(node, field, "value"), false);
      case "notEqual" ->
          new Criterion.Not<>(equal(told(field, operator), value(node, field, "value"), false));
      case "iEquals" -> equal(text(field, operator), value(node, field, "value"), true);
      case "iNotEqual" ->
          new Criterion.Not<>(equal(text(field, operator), value(node, field, "value"), true));
      case "contains" -> contains(text(field, operator), value(node, field, "value"), false);
      case "iContains" -> contains(text(field, operator), value(node, field, "value"), true);
      case "regexp" -> matches(text(field, operator), value(node, field, "value"));
      case "inSet" -> in(node, field);
      case "notInSet" -> new Criterion.Not<>(in(node, told(field, operator)));
      case "between" -> between(node, ordered(field, operator), Order.ABOVE, Order.BELOW);
      case "betweenInclusive" ->
          between(node, ordered(field, operator), Order.AT_LEAST, Order.AT_MOST);
      case "greaterThan" -> compare(node, ordered(field, operator), Order.ABOVE, "value");
      case "greaterOrEqual" -> compare(node, ordered(field, operator), Order.AT_LEAST, "value");
      case "lessThan" -> compare(node, ordered(field, operator), Order.BELOW, "value");
      case "lessOrEqual" -> compare(node, ordered(field, operator), Order.AT_MOST, "value");
      default -> throw NimbleErrors.unknownOperator(operator);
    };
  }

  /** Refuses to tell by a secret what it is not. */
  private static <R> Field<R> told(Field<R> field, String operator) {
    if (field.kind() == Kind.SECRET) {
      throw NimbleErrors.unsupportedOperator(field.name(), operator);
    }
    return field;
  }

  private static <R> Field<R> text(Field<R> field, String operator) {
    if (!field.isText()) {
      throw NimbleErrors.unsupportedOperator(field.name(), operator);
    }
    return field;
  }

  private static <R> Field<R> ordered(Field<R> field, String operator) {
    if (!field.isOrdered()) {
      throw NimbleErrors.unsupportedOperator(field.name(), operator);
    }
    return field;
  }

  private JsonNode value(JsonNode node, Field<R> field, String member) {
    if (!node.has(member)) {
      throw NimbleErrors.missingCriteriaValue(field.name(), member);
    }
    return scalar(node.get(member), field);
  }

  private static <R> JsonNode scalar(JsonNode value, Field<R> field) {
    if (!value.isValueNode()) {
      throw invalid(field, "a single value");
    }
    return value;
  }

  private Criterion<R> equal(Field<R> field, JsonNode value, boolean ignoresCase) {
    Set<Object> values =
        coerce(field, value)
            .map(coerced -> ignoresCase ? Criterion.lower(coerced) : coerced)
            .map(Set::of)
            .orElse(Set.of());
    return new Criterion.In<>(field, values, ignoresCase);
  }

  private Criterion<R> in(JsonNode node, Field<R> field) {
    JsonNode set = node.has("values") ? node.get("values") : node.get("value");
    if (set == null) {
      throw NimbleErrors.missingCriteriaValue(field.name(), "values");
    }
    if (set.isArray() && set.size() > MOST_VALUES) {
      throw NimbleErrors.invalidCriteria(
          "The set of '%s' has more than 1024 values.".formatted(field.name()));
    }
    Set<Object> values = new HashSet<>();
    Iterable<JsonNode> given = set.isArray() ? set : List.of(set);
    for (JsonNode value : given) {
      coerce(field, scalar(value, field)).ifPresent(values::add);
    }
    return new Criterion.In<>(field, values, false);
  }

  private Criterion<R> contains(Field<R> field, JsonNode value, boolean asked) {
    boolean ignoresCase = asked || field.kind() == Kind.TEXT_IN_ANY_CASE;
    return new Criterion.Contains<>(
        field,
        ignoresCase ? (String) Criterion.lower(value.asText()) : value.asText(),
        ignoresCase);
  }

  private Criterion<R> matches(Field<R> field, JsonNode value) {
    String pattern = value.asText();
    if (pattern.length() > LONGEST_PATTERN) {
      throw NimbleErrors.invalidCriteria("The regular expression has more than 256 characters.");
    }
    patterns += PatternSize.of(pattern);
    if (patterns > LARGEST_PATTERNS) {
      throw NimbleErrors.invalidCriteria(
          "With counted repetitions written out, the regular expressions have together more than"
              + " 1024 characters.");
    }
    try {
      int flags = field.kind() == Kind.TEXT_IN_ANY_CASE ? Pattern.CASE_INSENSITIVE : 0;
      return new Criterion.Matches<>(field, Pattern.compile(pattern, flags));
    } catch (PatternSyntaxException e) {
      throw NimbleErrors.invalidCriteria(
          "The regular expression is not valid: " + e.getDescription() + ".");
    }
  }

  private Criterion<R> between(JsonNode node, Field<R> field, Order lower, Order upper) {
    return new Criterion.All<>(
        List.of(compare(node, field, lower, "value1"), compare(node, field, upper, "value2")));
  }

  private Criterion<R> compare(JsonNode node, Field<R> field, Order order, String member) {
    return coerce(field, value(node, field, member))
        .<Criterion<R>>map(value -> new Criterion.Ordered<>(field, order, value))
        .orElseGet(() -> new Criterion.In<>(field, Set.of(), false));
  }

  /** The value as the member is compared; empty for one that no object has. */
  private Optional<Object> coerce(Field<R> field, JsonNode value) {
    if (value.isNull() || value.asText().equals(NO_VALUE)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (field.kind()) {
          case TEXT -> value.asText();
          case TEXT_IN_ANY_CASE -> Criterion.lower(value.asText());
          case SECRET -> secret(value.asText());
          case NUMBER -> Values.number(value).orElseThrow(() -> invalid(field, "a whole number"));
          case BOOLEAN -> Values.flag(value).orElseThrow(() -> invalid(field, "true or false"));
        });
  }

  private Object secret(String sent) {
    secrets.accept(sent);
    return TokenHash.of(sent);
  }

  private static <R> ApiException invalid(Field<R> field, String expected) {
    return NimbleErrors.invalidCriteria(
        "The value for '%s' has to be %s.".formatted(field.name(), expected));
  }
}
