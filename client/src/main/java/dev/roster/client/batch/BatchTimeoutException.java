package dev.roster.client.batch;

/**
 * A time-out of this client ran out, while connecting or while waiting for the answer.
 *
 * <p>When the service's own time-out ran out, that is a {@link BatchException} with the code {@code
 * OperationTimedOut}.
 */
public final class BatchTimeoutException extends BatchTransportException {

  private static final long serialVersionUID = 1L;

  BatchTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
