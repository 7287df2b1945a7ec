package dev.roster.check.pact;

/** A pact file, or a part of it, that cannot be understood. */
public final class UnreadablePactException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;

  UnreadablePactException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Where in the file, from 1. */
  public int line() {
    return line;
  }
}
