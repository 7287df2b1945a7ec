package dev.roster.client.azurepack;

import dev.roster.client.http.Failures;

/** Makes this client's exceptions for requests that got no usable answer. */
final class AzurePackFailures implements Failures {

  @Override
  public AzurePackTransportException broken(String message, Throwable cause) {
    return new AzurePackTransportException(message, cause);
  }

  @Override
  public AzurePackTimeoutException timedOut(String message, Throwable cause) {
    return new AzurePackTimeoutException(message, cause);
  }
}
