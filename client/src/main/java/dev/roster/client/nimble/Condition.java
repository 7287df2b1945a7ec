package dev.roster.client.nimble;

import dev.roster.client.nimble.model.Criteria;
import dev.roster.client.nimble.model.Criterion;
import dev.roster.client.nimble.model.NsUserRoles;
import dev.roster.client.nimble.model.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openapitools.jackson.nullable.JsonNullable;

/**
 * A condition that the rows of a query have to meet, on one member or made of others.
 *
 * <p>Immutable. As in {@code and(iContains("name", "user"), or(inSet("role", "guest", "operator"),
 * lessThan("last_login", Instant.EPOCH.plusSeconds(1))))}.
 *
 * <p>Members have the names of the API, such as {@code full_name}. Values keep their type on the
 * wire: a text, a whole number ({@link Integer} or {@link Long}), a {@link Boolean}, an {@link
 * NsUserRoles role}, an {@link Instant}, which is sent as its seconds since 1970, or a {@link
 * Duration}, which is sent as its seconds; fractions of seconds are dropped. Other values, and
 * null, which nothing equals, are refused with {@link IllegalArgumentException} and {@link
 * NullPointerException}.
 *
 * <p>Whether a member has an operator is judged by the array ({@code
 * SM_unsupported_query_operator}, {@code SM_unexpected_object_set_query}).
 *
 * <p>Source: schema Criteria of the contract.
 */
public final class Condition {

  private static final String SESSION_TOKEN = "session_token";

  private final Criterion criterion;
  private final List<Condition> parts;

  private Condition(Criterion criterion, List<Condition> parts) {
    this.criterion = criterion;
    this.parts = parts;
  }

  /**
   * Holds where all others do.
   *
   * @param conditions the others; without any it holds for every row
   * @return the condition
   */
  public static Condition and(Condition... conditions) {
    return combined(Criterion.OperatorEnum.AND, conditions);
  }

  /**
   * Holds where one of others does.
   *
   * @param conditions the others; without any it holds for every row
   * @return the condition
   */
  public static Condition or(Condition... conditions) {
    return combined(Criterion.OperatorEnum.OR, conditions);
  }

  /**
   * Holds where a member has a value, {@code equals} on the wire.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition equalTo(String member, Object value) {
    return single(Criterion.OperatorEnum.EQUALS, member, value);
  }

  /**
   * Holds where a member has a value, without regard to case.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition iEquals(String member, Object value) {
    return single(Criterion.OperatorEnum.I_EQUALS, member, value);
  }

  /**
   * Holds where a member has another value.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition notEqual(String member, Object value) {
    return single(Criterion.OperatorEnum.NOT_EQUAL, member, value);
  }

  /**
   * Holds where a member has another value, even without regard to case.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition iNotEqual(String member, Object value) {
    return single(Criterion.OperatorEnum.I_NOT_EQUAL, member, value);
  }

  /**
   * Holds where a text is part of a member.
   *
   * @param member name of the member
   * @param value the text
   * @return the condition
   */
  public static Condition contains(String member, Object value) {
    return single(Criterion.OperatorEnum.CONTAINS, member, value);
  }

  /**
   * Holds where a text is part of a member, without regard to case.
   *
   * @param member name of the member
   * @param value the text
   * @return the condition
   */
  public static Condition iContains(String member, Object value) {
    return single(Criterion.OperatorEnum.I_CONTAINS, member, value);
  }

  /**
   * Holds where a member has one of several values.
   *
   * @param member name of the member
   * @param values the values
   * @return the condition
   */
  public static Condition inSet(String member, Object... values) {
    return set(Criterion.OperatorEnum.IN_SET, member, values);
  }

  /**
   * Holds where a member has none of several values.
   *
   * @param member name of the member
   * @param values the values
   * @return the condition
   */
  public static Condition notInSet(String member, Object... values) {
    return set(Criterion.OperatorEnum.NOT_IN_SET, member, values);
  }

  /**
   * Holds where a member lies between two values and is none of them.
   *
   * @param member name of the member
   * @param lower the lower value
   * @param upper the upper value
   * @return the condition
   */
  public static Condition between(String member, Object lower, Object upper) {
    return range(Criterion.OperatorEnum.BETWEEN, member, lower, upper);
  }

  /**
   * Holds where a member lies between two values or is one of them.
   *
   * @param member name of the member
   * @param lower the lower value
   * @param upper the upper value
   * @return the condition
   */
  public static Condition betweenInclusive(String member, Object lower, Object upper) {
    return range(Criterion.OperatorEnum.BETWEEN_INCLUSIVE, member, lower, upper);
  }

  /**
   * Holds where a member is above a value.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition greaterThan(String member, Object value) {
    return single(Criterion.OperatorEnum.GREATER_THAN, member, value);
  }

  /**
   * Holds where a member is above a value or has it.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition greaterOrEqual(String member, Object value) {
    return single(Criterion.OperatorEnum.GREATER_OR_EQUAL, member, value);
  }

  /**
   * Holds where a member is below a value.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition lessThan(String member, Object value) {
    return single(Criterion.OperatorEnum.LESS_THAN, member, value);
  }

  /**
   * Holds where a member is below a value or has it.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition lessOrEqual(String member, Object value) {
    return single(Criterion.OperatorEnum.LESS_OR_EQUAL, member, value);
  }

  /**
   * Holds where a regular expression is found anywhere in a member.
   *
   * @param member name of the member
   * @param expression the regular expression, in the array's syntax
   * @return the condition
   */
  public static Condition regexp(String member, String expression) {
    return single(Criterion.OperatorEnum.REGEXP, member, expression);
  }

  /**
   * Compares by {@code assign}, whose meaning the array's documentation does not tell; Roster takes
   * it for {@link #equalTo}.
   *
   * @param member name of the member
   * @param value the value
   * @return the condition
   */
  public static Condition assign(String member, Object value) {
    return single(Criterion.OperatorEnum.ASSIGN, member, value);
  }

  /** Writes it for people, session tokens masked. */
  @Override
  public String toString() {
    String operator = criterion.getOperator().getValue();
    if (isCombined()) {
      return parts.stream()
          .map(Condition::toString)
          .collect(Collectors.joining(" " + operator + " ", "(", ")"));
    }
    String values =
        criterion.getFieldName().equals(SESSION_TOKEN)
            ? "***"
            : values().map(Object::toString).collect(Collectors.joining(", "));
    return criterion.getFieldName() + " " + operator + " " + values;
  }

  /** The query for rows that meet this condition. */
  Query toQuery() {
    Criterion outermost = isCombined() ? criterion : and(this).criterion;
    return new Query()
        .operationType(Query.OperationTypeEnum.FETCH)
        .data(
            new Criteria()
                .constructor(Criteria.ConstructorEnum.ADVANCED_CRITERIA)
                .operator(Criteria.OperatorEnum.fromValue(outermost.getOperator().getValue()))
                .criteria(outermost.getCriteria()));
  }

  /** The session tokens that this condition compares with. */
  List<String> secrets() {
    if (isCombined()) {
      return parts.stream().flatMap(part -> part.secrets().stream()).toList();
    }
    return criterion.getFieldName().equals(SESSION_TOKEN)
        ? values().map(Object::toString).toList()
        : List.of();
  }

  private boolean isCombined() {
    return criterion.getFieldName() == null;
  }

  private Stream<Object> values() {
    return criterion.getValues() != null
        ? criterion.getValues().stream()
        : Stream.of(criterion.getValue(), criterion.getValue1(), criterion.getValue2())
            .filter(Objects::nonNull);
  }

  private static Condition combined(Criterion.OperatorEnum operator, Condition... conditions) {
    List<Condition> parts = List.of(conditions);
    List<Criterion> criteria = new ArrayList<>();
    parts.forEach(part -> criteria.add(part.criterion));
    return new Condition(blank(operator).criteria(criteria), parts);
  }

  private static Condition single(Criterion.OperatorEnum operator, String member, Object value) {
    return leaf(blank(operator).value(json(value)), member);
  }

  private static Condition range(
      Criterion.OperatorEnum operator, String member, Object lower, Object upper) {
    return leaf(blank(operator).value1(json(lower)).value2(json(upper)), member);
  }

  private static Condition set(Criterion.OperatorEnum operator, String member, Object... values) {
    return leaf(
        blank(operator).values(Arrays.stream(values).map(Condition::json).toList()), member);
  }

  private static Condition leaf(Criterion criterion, String member) {
    return new Condition(criterion.fieldName(Objects.requireNonNull(member, "member")), List.of());
  }

  private static Criterion blank(Criterion.OperatorEnum operator) {
    Criterion criterion = new Criterion().operator(operator);
    // New, they are null, and would be sent as that.
    criterion.setValue_JsonNullable(JsonNullable.undefined());
    criterion.setValue1_JsonNullable(JsonNullable.undefined());
    criterion.setValue2_JsonNullable(JsonNullable.undefined());
    return criterion;
  }

  private static Object json(Object value) {
    Objects.requireNonNull(value, "value");
    if (value instanceof Instant time) {
      return time.getEpochSecond();
    }
    if (value instanceof Duration span) {
      return span.toSeconds();
    }
    if (value instanceof NsUserRoles role && role != NsUserRoles.UNKNOWN_DEFAULT_OPEN_API) {
      return role.getValue();
    }
    if (value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long) {
      return value;
    }
    throw new IllegalArgumentException(
        "A condition compares with texts, whole numbers, booleans, known roles, times and"
            + " durations, not with a "
            + value.getClass().getName());
  }
}
