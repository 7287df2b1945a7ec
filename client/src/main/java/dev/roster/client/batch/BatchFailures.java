package dev.roster.client.batch;

import dev.roster.client.http.Failures;

/** Makes this client's exceptions for requests that got no usable answer. */
final class BatchFailures implements Failures {

  @Override
  public BatchTransportException broken(String message, Throwable cause) {
    return new BatchTransportException(message, cause);
  }

  @Override
  public BatchTimeoutException timedOut(String message, Throwable cause) {
    return new BatchTimeoutException(message, cause);
  }
}
