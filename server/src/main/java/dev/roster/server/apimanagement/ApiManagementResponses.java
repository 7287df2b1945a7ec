package dev.roster.server.apimanagement;

import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Answers in the service's form. */
final class ApiManagementResponses {

  private ApiManagementResponses() {}

  /** A JSON body without an entity tag. */
  static <T> RestResponse<T> ok(T body) {
    return json(Status.OK, body).build();
  }

  /** A JSON body with the tag of its entity. */
  static <T> RestResponse<T> ok(T body, VersionTag version) {
    return tagged(json(Status.OK, body), version.quoted());
  }

  /** The answer to a PUT. */
  static <T> RestResponse<T> put(boolean created, T body, VersionTag version) {
    return tagged(json(created ? Status.CREATED : Status.OK, body), version.quoted());
  }

  /** The answer to a PATCH of an entity with more than one counter, which tells the first only. */
  static <T> RestResponse<T> patched(T body, VersionTag version) {
    return tagged(json(Status.OK, body), version.shortQuoted());
  }

  /** The tag of an entity that is there. */
  static RestResponse<Void> head(VersionTag version) {
    return tagged(ResponseBuilder.<Void>ok(), version.quoted());
  }

  /** The answer to a DELETE: 200 if there was something, 204 otherwise. */
  static RestResponse<Void> deleted(boolean existed) {
    return ResponseBuilder.<Void>create(existed ? Status.OK : Status.NO_CONTENT).build();
  }

  private static <T> ResponseBuilder<T> json(Status status, T body) {
    return ResponseBuilder.create(status, body)
        .header(HttpHeaders.CONTENT_TYPE, ApiManagementProtocol.CONTENT_TYPE);
  }

  private static <T> RestResponse<T> tagged(ResponseBuilder<T> response, String tag) {
    // As text: EntityTag would be written in its own way.
    return response.header(HttpHeaders.ETAG, tag).build();
  }
}
