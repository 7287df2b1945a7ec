package dev.roster.server.odata;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Cuts a filter into tokens, each read once from left to right. */
final class FilterLexer {

  static final String NOT = "not";

  private static final Set<String> RESERVED = Set.of(NOT, "true", "false", "null");
  // Clients write these in any case; those of Azure Batch often send DateTime'...'.
  private static final Set<String> DATE_PREFIXES = Set.of("datetime", "datetimeoffset");
  // The bound keeps the conversion of digits, which is quadratic, cheap.
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(?:\\.[0-9]{1,40})?");
  private static final int DIGITS_OF_YEAR = 4;
  private static final int LAST_YEAR = 9999;
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final String text;
  private int offset;

  FilterLexer(String text) {
    this.text = text;
  }

  /** Whether a property of this name can be told from everything else in a filter. */
  static boolean isPropertyName(String name) {
    return !name.isEmpty()
        && isWordStart(name.charAt(0))
        && name.chars().allMatch(character -> isWordPart((char) character))
        && !RESERVED.contains(name);
  }

  Token next() {
    while (offset < text.length() && isBlank(text.charAt(offset))) {
      offset++;
    }
    if (offset == text.length()) {
      return new Token(Kind.END, position(), "", null);
    }
    char first = text.charAt(offset);
    return switch (first) {
      case '(' -> mark(Kind.OPEN);
      case ')' -> mark(Kind.CLOSE);
      case ',' -> mark(Kind.COMMA);
      case '\'' -> literal(position(), quoted());
      default -> {
        if (isWordStart(first)) {
          yield word();
        }
        if (isDigit(first) || first == '-') {
          yield numberOrDate();
        }
        String character = Character.toString(text.codePointAt(offset));
        throw new ODataSyntaxException(
            position(),
            "the character " + ODataSyntaxException.excerpt(character) + " is not allowed");
      }
    };
  }

  private Token mark(Kind kind) {
    Token mark = new Token(kind, position(), text.substring(offset, offset + 1), null);
    offset++;
    return mark;
  }

  private Token word() {
    int start = offset;
    int position = position();
    while (offset < text.length() && isWordPart(text.charAt(offset))) {
      offset++;
    }
    String word = text.substring(start, offset);
    boolean quoteFollows = offset < text.length() && text.charAt(offset) == '\'';
    if (quoteFollows && DATE_PREFIXES.contains(word.toLowerCase(Locale.ROOT))) {
      return literal(position, date(position, quoted()));
    }
    return switch (word) {
      case "true" -> literal(position, Boolean.TRUE);
      case "false" -> literal(position, Boolean.FALSE);
      case "null" -> literal(position, null);
      default -> new Token(Kind.WORD, position, word, null);
    };
  }

  private Token numberOrDate() {
    int start = offset;
    int position = position();
    while (offset < text.length() && isNumberOrDatePart(text.charAt(offset))) {
      offset++;
    }
    String run = text.substring(start, offset);
    if (run.length() > DIGITS_OF_YEAR && run.charAt(DIGITS_OF_YEAR) == '-') {
      return literal(position, date(position, run));
    }
    if (!NUMBER.matcher(run).matches()) {
      throw new ODataSyntaxException(
          position,
          ODataSyntaxException.excerpt(run)
              + " is not a number with at most 40 digits on each side of the point");
    }
    return literal(position, new BigDecimal(run));
  }

  private String quoted() {
    int position = position();
    StringBuilder content = new StringBuilder();
    offset++;
    while (offset < text.length()) {
      char current = text.charAt(offset);
      if (current == '\0') {
        // PostgreSQL has no such character in its strings, so it could never match.
        throw new ODataSyntaxException(position(), "the character U+0000 is not allowed");
      }
      offset++;
      if (current == '\'') {
        if (offset == text.length() || text.charAt(offset) != '\'') {
          return content.toString();
        }
        offset++;
      }
      content.append(current);
    }
    throw new ODataSyntaxException(position, "a string starts that is not closed by a quote");
  }

  private static OffsetDateTime date(int position, String content) {
    try {
      OffsetDateTime date =
          inUtcUnlessSaid(
              DATE.parseBest(content, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
      if (date.getYear() >= 1 && date.getYear() <= LAST_YEAR) {
        return date;
      }
    } catch (DateTimeException e) {
      // Answered below, in the words of the filter instead of those of the formatter.
    }
    throw new ODataSyntaxException(
        position, "the date is not written in ISO 8601, such as 2014-05-01T00:00:00Z");
  }

  // Dates of OData v3 have no offset; they are in UTC.
  private static OffsetDateTime inUtcUnlessSaid(TemporalAccessor parsed) {
    if (parsed instanceof LocalDate date) {
      return date.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
    if (parsed instanceof LocalDateTime dateTime) {
      return dateTime.atOffset(ZoneOffset.UTC);
    }
    return (OffsetDateTime) parsed;
  }

  private int position() {
    return offset + 1;
  }

  private static Token literal(int position, Object value) {
    return new Token(Kind.LITERAL, position, "", value);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }

  private static boolean isWordStart(char character) {
    return isLetter(character) || character == '_';
  }

  private static boolean isWordPart(char character) {
    return isWordStart(character) || isDigit(character) || character == '/';
  }

  private static boolean isNumberOrDatePart(char character) {
    return isLetter(character) || isDigit(character) || "+-.:".indexOf(character) >= 0;
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  enum Kind {
    WORD,
    LITERAL,
    OPEN,
    CLOSE,
    COMMA,
    END
  }

  /** A piece of the filter; only a literal has a value, and only words and marks have text. */
  record Token(Kind kind, int position, String text, Object value) {

    boolean isWord(String word) {
      return kind == Kind.WORD && text.equals(word);
    }
  }
}
