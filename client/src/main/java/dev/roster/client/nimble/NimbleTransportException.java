package dev.roster.client.nimble;

import dev.roster.client.TransportException;

/**
 * No usable answer arrived: no connection, a broken one, an interrupt, a body that is not JSON or
 * one that lacks what every answer has.
 *
 * <p>Whether the array carried out the request is unknown, unless it was the log-in before the
 * request, which the message then names. After an interrupt the cause is an {@link
 * InterruptedException} and the thread's interrupt flag is set again.
 */
public class NimbleTransportException extends TransportException {

  private static final long serialVersionUID = 1L;

  NimbleTransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
