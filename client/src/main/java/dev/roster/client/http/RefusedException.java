package dev.roster.client.http;

/**
 * Carries a refusal out of the generated operations, to where it becomes the API's own exception.
 */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    // No stack trace: callers never see this exception.
    super("Refused", null, false, false);
    this.refusal = refusal;
  }

  /**
   * Tells what was refused.
   *
   * @return the request and its answer
   */
  public Refusal refusal() {
    return refusal;
  }
}
