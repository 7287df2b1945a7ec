package dev.roster.client.http;

import dev.roster.client.TransportException;
import java.util.function.BiFunction;

/** Makes an API's own exceptions for requests that got no usable answer. */
public final class Failures {

  private final BiFunction<String, Throwable, ? extends TransportException> broken;
  private final BiFunction<String, Throwable, ? extends TransportException> timedOut;

  /**
   * Takes the API's exceptions.
   *
   * @param broken constructor of the exception for everything but a time-out
   * @param timedOut constructor of the exception for a time-out of this client
   */
  public Failures(
      BiFunction<String, Throwable, ? extends TransportException> broken,
      BiFunction<String, Throwable, ? extends TransportException> timedOut) {
    this.broken = broken;
    this.timedOut = timedOut;
  }

  /**
   * Makes the exception for everything but a time-out.
   *
   * @param message the message
   * @param cause the reason; null if there is none
   * @return the exception to throw
   */
  public TransportException broken(String message, Throwable cause) {
    return broken.apply(message, cause);
  }

  /**
   * Makes the exception for a time-out of this client.
   *
   * @param message the message
   * @param cause the reason
   * @return the exception to throw
   */
  public TransportException timedOut(String message, Throwable cause) {
    return timedOut.apply(message, cause);
  }

  /**
   * Makes the exception for a body that could not be written or read.
   *
   * @param cause Jackson's exception, or one that has it as its cause
   * @return the exception to throw, which quotes nothing of the body
   */
  public TransportException unreadable(Throwable cause) {
    return broken("A body could not be written or read as JSON", UnreadableBody.of(cause));
  }
}
