package dev.roster.server.batch;

import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers with a JSON body in the service's media type. */
final class BatchResponses {

  private BatchResponses() {}

  static <T> RestResponse<T> ok(T body) {
    return builder(body).build();
  }

  /** For answers that have further headers. */
  static <T> ResponseBuilder<T> builder(T body) {
    return ResponseBuilder.ok(body).header(HttpHeaders.CONTENT_TYPE, BatchProtocol.CONTENT_TYPE);
  }
}
