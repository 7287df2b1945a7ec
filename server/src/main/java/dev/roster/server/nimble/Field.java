package dev.roster.server.nimble;

import java.util.function.Function;

/**
 * A member of the objects of a set, as queries name it.
 *
 * @param kind what its values are
 * @param value the value that is written: a String, Long or Boolean, never null
 * @param compared the value that conditions look at; another one only for secrets
 */
record Field<R>(String name, Kind kind, Function<R, Object> value, Function<R, Object> compared) {

  /** What values are, which decides how they can be compared. */
  enum Kind {
    /** Any text, ordered by its code points. */
    TEXT,
    /** A text whose case does not count, compared in lower case. */
    TEXT_IN_ANY_CASE,
    /** A whole number. */
    NUMBER,
    /** True or false; has no order. */
    BOOLEAN,
    /** A text of which only a hash is known; has no order and no parts. */
    SECRET
  }

  static <R> Field<R> text(String name, Function<R, String> value) {
    return new Field<>(name, Kind.TEXT, value::apply, value::apply);
  }

  /** A text that is written as it was sent, and compared without regard to case. */
  static <R> Field<R> textInAnyCase(String name, Function<R, String> value) {
    return new Field<>(
        name, Kind.TEXT_IN_ANY_CASE, value::apply, value.andThen(Criterion::lower)::apply);
  }

  static <R> Field<R> number(String name, Function<R, Long> value) {
    return new Field<>(name, Kind.NUMBER, value::apply, value::apply);
  }

  static <R> Field<R> flag(String name, Function<R, Boolean> value) {
    return new Field<>(name, Kind.BOOLEAN, value::apply, value::apply);
  }

  /**
   * A secret.
   *
   * @param told what an answer tells of it
   */
  static <R> Field<R> secret(String name, Function<R, String> told, Function<R, TokenHash> hash) {
    return new Field<>(name, Kind.SECRET, told::apply, hash::apply);
  }

  /** Whether values are texts that everybody may search. */
  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.TEXT_IN_ANY_CASE;
  }

  /** Whether values can be ordered. */
  boolean isOrdered() {
    return isText() || kind == Kind.NUMBER;
  }
}
