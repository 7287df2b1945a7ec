package dev.roster.check;

/** Why nothing could be checked, in one line for the caller. */
public final class CheckException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes the line. */
  public CheckException(String message) {
    super(message);
  }

  /** Takes the line and what led to it. */
  public CheckException(String message, Throwable cause) {
    super(message, cause);
  }
}
