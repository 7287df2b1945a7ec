package dev.roster.server.odata;

import dev.roster.server.odata.FilterExpression.And;
import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.FunctionCall;
import dev.roster.server.odata.FilterExpression.Not;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterExpression.Or;
import dev.roster.server.odata.FilterFields.Field;
import dev.roster.server.odata.FilterLexer.Kind;
import dev.roster.server.odata.FilterLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the {@code $filter} of OData v3 and v4, as far as the vendors document it.
 *
 * <p>{@code not} binds closest, then {@code and}, then {@code or}. Keywords are lower case. Strings
 * are in single quotes, a quote within them doubled; numbers have no exponent; dates are ISO 8601,
 * bare or as {@code datetime'...'}, and in UTC where they name no offset.
 */
public final class FilterParser {

  private static final int LONGEST_TEXT = 8192;
  private static final int DEEPEST_NESTING = 32;
  private static final int MOST_TERMS = 200;

  private final FilterLexer lexer;
  private final FilterFields fields;
  private Token token;
  private int nesting;
  private int terms;

  private FilterParser(String text, FilterFields fields) {
    this.lexer = new FilterLexer(text);
    this.fields = fields;
    this.token = lexer.next();
  }

  /**
   * Parses a filter and checks it against the properties that it may use.
   *
   * @param text at most 8192 UTF-16 units, with parentheses and {@code not} nested at most 32 deep
   *     and at most 200 comparisons and function calls
   * @throws ODataSyntaxException if the text is empty, too large or not a filter, or if it uses a
   *     property, operator, function or type of literal that the fields do not allow
   */
  public static FilterExpression parse(String text, FilterFields fields) {
    if (text.length() > LONGEST_TEXT) {
      throw new ODataSyntaxException(
          LONGEST_TEXT + 1, "the filter is longer than " + LONGEST_TEXT + " characters");
    }
    FilterParser parser = new FilterParser(text, fields);
    FilterExpression expression = parser.disjunction();
    if (parser.token.kind() != Kind.END) {
      throw parser.expected("and, or or the end of the filter");
    }
    return expression;
  }

  private FilterExpression disjunction() {
    List<FilterExpression> alternatives = new ArrayList<>();
    alternatives.add(conjunction());
    while (token.isWord("or")) {
      advance();
      alternatives.add(conjunction());
    }
    return alternatives.size() == 1 ? alternatives.get(0) : new Or(alternatives);
  }

  private FilterExpression conjunction() {
    List<FilterExpression> conditions = new ArrayList<>();
    conditions.add(condition());
    while (token.isWord("and")) {
      advance();
      conditions.add(condition());
    }
    return conditions.size() == 1 ? conditions.get(0) : new And(conditions);
  }

  private FilterExpression condition() {
    if (token.isWord(FilterLexer.NOT)) {
      enter();
      Not negation = new Not(condition());
      nesting--;
      return negation;
    }
    if (token.kind() == Kind.OPEN) {
      enter();
      FilterExpression group = disjunction();
      take(Kind.CLOSE, "and, or or \")\"");
      nesting--;
      return group;
    }
    return term();
  }

  // The limit is what keeps the recursion, and with it the stack, small.
  private void enter() {
    nesting++;
    if (nesting > DEEPEST_NESTING) {
      throw new ODataSyntaxException(
          token.position(), "the filter is nested deeper than " + DEEPEST_NESTING + " levels");
    }
    advance();
  }

  private FilterExpression term() {
    terms++;
    if (terms > MOST_TERMS) {
      throw new ODataSyntaxException(
          token.position(), "the filter has more than " + MOST_TERMS + " terms");
    }
    if (token.kind() == Kind.LITERAL) {
      Token literal = advance();
      Token keyword = take(Kind.WORD, "an operator");
      Operator operator = operator(keyword).flipped();
      return comparison(take(Kind.WORD, "a property"), keyword, operator, literal);
    }
    Token word = take(Kind.WORD, "a comparison or function");
    if (token.kind() == Kind.OPEN) {
      return functionCall(word);
    }
    Token keyword = take(Kind.WORD, "an operator");
    Operator operator = operator(keyword);
    return comparison(word, keyword, operator, take(Kind.LITERAL, "a value"));
  }

  private FilterExpression comparison(
      Token property, Token keyword, Operator operator, Token literal) {
    Field field = field(property);
    if (!field.operators().contains(operator)) {
      throw new ODataSyntaxException(
          keyword.position(),
          "the operator " + keyword.text() + " is not allowed for the property " + field.name());
    }
    if (literal.value() == null) {
      if (operator.isOrdering()) {
        throw new ODataSyntaxException(
            keyword.position(), "null can only be compared with eq and ne");
      }
    } else if (!field.type().isTypeOf(literal.value())) {
      throw wrongType(literal, field);
    }
    Object value = literal.value() instanceof String text ? fields.text(text) : literal.value();
    return new Comparison(field.name(), operator, value);
  }

  private FilterExpression functionCall(Token name) {
    Function function = function(name);
    take(Kind.OPEN, "\"(\"");
    Token property;
    Token literal;
    if (function == Function.SUBSTRING_OF) {
      literal = take(Kind.LITERAL, "a string");
      take(Kind.COMMA, "a comma");
      property = take(Kind.WORD, "a property");
    } else {
      property = take(Kind.WORD, "a property");
      take(Kind.COMMA, "a comma");
      literal = take(Kind.LITERAL, "a string");
    }
    take(Kind.CLOSE, "\")\"");
    Field field = field(property);
    if (!field.functions().contains(function)) {
      throw new ODataSyntaxException(
          name.position(),
          "the function " + name.text() + " is not allowed for the property " + field.name());
    }
    if (literal.value() instanceof String value) {
      return new FunctionCall(function, field.name(), fields.text(value));
    }
    throw wrongType(literal, field);
  }

  private Field field(Token property) {
    Optional<Field> field = fields.find(property.text());
    return field.orElseThrow(
        () ->
            new ODataSyntaxException(
                property.position(),
                ODataSyntaxException.excerpt(property.text())
                    + " is not a property that can be filtered on"));
  }

  private static Operator operator(Token keyword) {
    for (Operator operator : Operator.values()) {
      if (keyword.isWord(operator.keyword())) {
        return operator;
      }
    }
    throw expected("an operator", keyword);
  }

  private static Function function(Token keyword) {
    for (Function function : Function.values()) {
      if (keyword.isWord(function.keyword())) {
        return function;
      }
    }
    throw new ODataSyntaxException(
        keyword.position(),
        ODataSyntaxException.excerpt(keyword.text()) + " is not a known function");
  }

  private static ODataSyntaxException wrongType(Token literal, Field field) {
    return new ODataSyntaxException(
        literal.position(),
        "the value for the property " + field.name() + " has to be " + field.type().description());
  }

  private Token take(Kind kind, String description) {
    if (token.kind() != kind) {
      throw expected(description);
    }
    return advance();
  }

  private Token advance() {
    Token taken = token;
    token = lexer.next();
    return taken;
  }

  private ODataSyntaxException expected(String description) {
    return expected(description, token);
  }

  private static ODataSyntaxException expected(String description, Token found) {
    String start =
        switch (found.kind()) {
          case WORD, OPEN, CLOSE, COMMA -> ODataSyntaxException.excerpt(found.text()) + " stands";
          case LITERAL -> "a value stands";
          case END -> "the filter ends";
        };
    return new ODataSyntaxException(
        found.position(), start + " where " + description + " is expected");
  }
}
