package dev.roster.client.http;

import dev.roster.client.TransportException;

/** Makes an API's own exceptions for requests that got no usable answer. */
public interface Failures {

  /**
   * Makes the exception for everything but a time-out.
   *
   * @param message the message
   * @param cause the reason; null if there is none
   * @return the exception to throw
   */
  TransportException broken(String message, Throwable cause);

  /**
   * Makes the exception for a time-out of this client.
   *
   * @param message the message
   * @param cause the reason
   * @return the exception to throw
   */
  TransportException timedOut(String message, Throwable cause);
}
