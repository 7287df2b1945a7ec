package dev.roster.client.azurepack;

import dev.roster.client.TransportException;

/**
 * No usable answer arrived: no connection, a broken one, an interrupt or a body that is not the
 * API's JSON.
 *
 * <p>Whether the service carried out the request is unknown. After an interrupt the cause is an
 * {@link InterruptedException} and the thread's interrupt flag is set again.
 */
public class AzurePackTransportException extends TransportException {

  private static final long serialVersionUID = 1L;

  AzurePackTransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
