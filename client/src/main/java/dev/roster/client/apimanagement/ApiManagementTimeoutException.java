package dev.roster.client.apimanagement;

/** A time-out of this client ran out, while connecting or while waiting for the answer. */
public final class ApiManagementTimeoutException extends ApiManagementTransportException {

  private static final long serialVersionUID = 1L;

  ApiManagementTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
