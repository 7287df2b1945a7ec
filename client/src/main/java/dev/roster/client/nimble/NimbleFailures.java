package dev.roster.client.nimble;

import dev.roster.client.http.Failures;

/** Makes this client's exceptions for requests that got no usable answer. */
final class NimbleFailures implements Failures {

  @Override
  public NimbleTransportException broken(String message, Throwable cause) {
    return new NimbleTransportException(message, cause);
  }

  @Override
  public NimbleTimeoutException timedOut(String message, Throwable cause) {
    return new NimbleTimeoutException(message, cause);
  }
}
