package dev.roster.server.config;

/** A start that cannot succeed; the message is one line that says what to do. */
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Refuses the start with a line for the operator. */
  public StartupException(String message) {
    super(message);
  }

  /** Refuses the start with a line for the operator, keeping the cause. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
