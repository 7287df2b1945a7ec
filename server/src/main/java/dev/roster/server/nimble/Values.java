package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads scalars, for which clients of the array send texts as well. */
final class Values {

  /** An unsigned number of 64 bits has no more. */
  private static final int MOST_DIGITS = 20;

  private Values() {}

  /** A whole number, or a text of digits; empty if it is neither or does not fit a long. */
  static Optional<Long> number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? Optional.of(value.longValue()) : Optional.empty();
    }
    return value.isTextual() ? number(value.textValue()) : Optional.empty();
  }

  /** A text of digits, with a minus sign before them or not. */
  static Optional<Long> number(String text) {
    if (text.length() > MOST_DIGITS || !text.matches("-?[0-9]+")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A boolean, or one of the texts true and false. */
  static Optional<Boolean> flag(JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue());
    }
    return value.isTextual() ? flag(value.textValue()) : Optional.empty();
  }

  /** One of the texts true and false. */
  static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
