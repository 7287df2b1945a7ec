package dev.roster.client.azurepack;

/**
 * An answer of the service.
 *
 * @param value the body; null where the operation has none
 * @param status HTTP status, such as 201
 * @param clientRequestId this client's id of the request, a UUID; the service gives no id of its
 *     own
 * @param <T> type of the value
 */
public record AzurePackResponse<T>(T value, int status, String clientRequestId) {

  <U> AzurePackResponse<U> with(U other) {
    return new AzurePackResponse<>(other, status, clientRequestId);
  }
}
