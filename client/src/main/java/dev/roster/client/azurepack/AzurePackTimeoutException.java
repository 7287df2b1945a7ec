package dev.roster.client.azurepack;

/** A time-out of this client ran out, while connecting or while waiting for the answer. */
public final class AzurePackTimeoutException extends AzurePackTransportException {

  private static final long serialVersionUID = 1L;

  AzurePackTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
