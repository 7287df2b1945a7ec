package dev.roster.client.apimanagement;

import java.net.http.HttpHeaders;

/**
 * An answer of the service: the value and what its headers told.
 *
 * @param value the body; null where the operation has none
 * @param status HTTP status, such as 201
 * @param requestId the service's id of the request, {@code x-ms-request-id}; null if it sent none
 * @param correlationId id that ties several requests together, {@code x-ms-correlation-request-id};
 *     null if it sent none
 * @param clientRequestId this client's id of the request, a UUID
 * @param eTag version of the entity; null where there is none, as for lists, deletes and actions
 * @param <T> type of the value
 */
public record ApiManagementResponse<T>(
    T value,
    int status,
    String requestId,
    String correlationId,
    String clientRequestId,
    ETag eTag) {

  static <T> ApiManagementResponse<T> of(
      T value, int status, HttpHeaders headers, String clientRequestId) {
    return new ApiManagementResponse<>(
        value,
        status,
        headers.firstValue("x-ms-request-id").orElse(null),
        headers.firstValue("x-ms-correlation-request-id").orElse(null),
        clientRequestId,
        ETag.read(headers.firstValue("ETag").orElse(null)));
  }

  <U> ApiManagementResponse<U> with(U other) {
    return new ApiManagementResponse<>(
        other, status, requestId, correlationId, clientRequestId, eTag);
  }
}
