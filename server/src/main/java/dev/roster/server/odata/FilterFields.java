package dev.roster.server.odata;

import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.Operator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The properties that a filter may use, each with its type, operators and functions. */
public final class FilterFields {

  private final Map<String, Field> fields;
  private final boolean ignoresCase;
  private final boolean lowersText;

  private FilterFields(Map<String, Field> fields, boolean ignoresCase, boolean lowersText) {
    this.fields = Map.copyOf(fields);
    this.ignoresCase = ignoresCase;
    this.lowersText = lowersText;
  }

  /** Starts a description without properties, whose names will match exactly. */
  public static Builder builder() {
    return new Builder();
  }

  Optional<Field> find(String name) {
    return Optional.ofNullable(fields.get(key(name, ignoresCase)));
  }

  /** A string of the filter, as expressions carry it. */
  String text(String literal) {
    return lowersText ? literal.toLowerCase(Locale.ROOT) : literal;
  }

  private static String key(String name, boolean ignoresCase) {
    return ignoresCase ? name.toLowerCase(Locale.ROOT) : name;
  }

  record Field(String name, FieldType type, Set<Operator> operators, Set<Function> functions) {

    Field {
      operators = Set.copyOf(operators);
      functions = Set.copyOf(functions);
    }
  }

  /** Collects properties; every mistake in a description is an IllegalArgumentException. */
  public static final class Builder {

    private static final Set<Operator> EVERY_OPERATOR = EnumSet.allOf(Operator.class);
    private static final Set<Operator> EQUALITY = EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL);

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private boolean ignoresCase;
    private boolean lowersText;

    private Builder() {}

    /** Adds a property with every operator that suits its type and without functions. */
    public Builder field(String name, FieldType type) {
      return field(name, type, type == FieldType.BOOLEAN ? EQUALITY : EVERY_OPERATOR);
    }

    /** Adds a property with some operators and without functions. */
    public Builder field(String name, FieldType type, Set<Operator> operators) {
      return field(name, type, operators, Set.of());
    }

    /**
     * Adds a property with some operators and functions.
     *
     * @param name path with slashes, such as {@code startTaskInfo/exitCode}
     * @param operators may be empty; a boolean takes no ordering ones
     * @param functions may be empty, and has to be unless the property is a string
     * @throws IllegalArgumentException if the name is taken or cannot stand in a filter, or if the
     *     type does not suit an operator or function
     */
    public Builder field(
        String name, FieldType type, Set<Operator> operators, Set<Function> functions) {
      if (!FilterLexer.isPropertyName(name)) {
        throw new IllegalArgumentException("A filter cannot contain the property " + name);
      }
      if (type == FieldType.BOOLEAN && operators.stream().anyMatch(Operator::isOrdering)) {
        throw new IllegalArgumentException("The boolean property " + name + " has no order");
      }
      if (type != FieldType.STRING && !functions.isEmpty()) {
        throw new IllegalArgumentException("Functions take strings, which " + name + " is not");
      }
      if (fields.putIfAbsent(name, new Field(name, type, operators, functions)) != null) {
        throw new IllegalArgumentException("The property " + name + " is described twice");
      }
      return this;
    }

    /** Lets names match in any case; expressions carry the names as described here. */
    public Builder ignoreCase() {
      ignoresCase = true;
      return this;
    }

    /** Turns strings into lower case, for values that are compared in lower case. */
    public Builder lowerCaseText() {
      lowersText = true;
      return this;
    }

    /**
     * Finishes the description.
     *
     * @throws IllegalArgumentException if names that match in any case differ in nothing but case
     */
    public FilterFields build() {
      Map<String, Field> keyed = new HashMap<>();
      for (Field field : fields.values()) {
        if (keyed.put(key(field.name(), ignoresCase), field) != null) {
          throw new IllegalArgumentException(
              "The property " + field.name() + " differs from another one only in case");
        }
      }
      return new FilterFields(keyed, ignoresCase, lowersText);
    }
  }
}
