package dev.roster.client.batch;

import dev.roster.client.http.HttpDates;
import java.net.http.HttpHeaders;
import java.time.Instant;

/**
 * An answer of the service: the value and what its headers told.
 *
 * @param value the body; null where the operation has none
 * @param status HTTP status, such as 201
 * @param requestId the service's id of the request, a UUID; null if it sent none
 * @param clientRequestId this client's id of the request, a UUID
 * @param eTag entity tag, as sent; null where there is none, as for users and nodes
 * @param lastModified when the resource last changed, in whole seconds; null where not told
 * @param dataServiceId URL of the resource; null where not told
 * @param location URL of a new resource; null where not told
 * @param <T> type of the value
 */
public record BatchResponse<T>(
    T value,
    int status,
    String requestId,
    String clientRequestId,
    String eTag,
    Instant lastModified,
    String dataServiceId,
    String location) {

  static <T> BatchResponse<T> of(T value, int status, HttpHeaders headers, String clientRequestId) {
    return new BatchResponse<>(
        value,
        status,
        headers.firstValue("request-id").orElse(null),
        headers.firstValue("client-request-id").orElse(clientRequestId),
        headers.firstValue("ETag").orElse(null),
        headers.firstValue("Last-Modified").map(HttpDates::parse).orElse(null),
        headers.firstValue("DataServiceId").orElse(null),
        headers.firstValue("Location").orElse(null));
  }

  <U> BatchResponse<U> with(U other) {
    return new BatchResponse<>(
        other, status, requestId, clientRequestId, eTag, lastModified, dataServiceId, location);
  }
}
