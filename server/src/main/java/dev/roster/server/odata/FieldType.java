package dev.roster.server.odata;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/** The type of a property, which its literals have to share. */
public enum FieldType {
  /** Text, written in single quotes. */
  STRING("a string"),
  /** Whole or decimal number. */
  NUMBER("a number"),
  /** The words true and false; has no order. */
  BOOLEAN("true or false"),
  /** ISO 8601 date and time, bare or as {@code datetime'...'}. */
  DATE_TIME("a date");

  private final String description;

  FieldType(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  boolean isTypeOf(Object literal) {
    return switch (this) {
      case STRING -> literal instanceof String;
      case NUMBER -> literal instanceof BigDecimal;
      case BOOLEAN -> literal instanceof Boolean;
      case DATE_TIME -> literal instanceof OffsetDateTime;
    };
  }
}
