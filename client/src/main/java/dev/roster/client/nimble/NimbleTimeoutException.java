package dev.roster.client.nimble;

/** A time-out of this client ran out, while connecting or while waiting for the answer. */
public final class NimbleTimeoutException extends NimbleTransportException {

  private static final long serialVersionUID = 1L;

  NimbleTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
