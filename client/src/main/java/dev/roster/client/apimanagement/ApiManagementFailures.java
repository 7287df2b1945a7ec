package dev.roster.client.apimanagement;

import dev.roster.client.http.Failures;

/** Makes this client's exceptions for requests that got no usable answer. */
final class ApiManagementFailures implements Failures {

  @Override
  public ApiManagementTransportException broken(String message, Throwable cause) {
    return new ApiManagementTransportException(message, cause);
  }

  @Override
  public ApiManagementTimeoutException timedOut(String message, Throwable cause) {
    return new ApiManagementTimeoutException(message, cause);
  }
}
