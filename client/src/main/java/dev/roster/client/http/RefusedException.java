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
   * Adds a secret that was sent.
   *
   * @param secret the secret; null or empty if there was none
   * @return an exception whose refusal masks this secret too
   */
  public RefusedException hiding(String secret) {
    return new RefusedException(refusal.hiding(secret));
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
