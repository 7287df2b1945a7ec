package dev.roster.client;

/**
 * No usable answer arrived: no connection, a broken one, a time-out, an interrupt or a body that is
 * not JSON; every API has its own subclasses.
 *
 * <p>Whether the service carried out the request is unknown. After an interrupt the cause is an
 * {@link InterruptedException} and the thread's interrupt flag is set again.
 */
public abstract class TransportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Takes a message and its reason.
   *
   * @param message the message, without secrets
   * @param cause the reason; null if there is none
   */
  protected TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
