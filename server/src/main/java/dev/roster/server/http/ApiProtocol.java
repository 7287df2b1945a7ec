package dev.roster.server.http;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;

/**
 * What all operations of one API demand of a request and put on an answer.
 *
 * <p>The checks throw {@link dev.roster.server.error.ApiException} with the API's own error.
 */
public interface ApiProtocol {

  /** The API that this is the protocol of. */
  Api api();

  /**
   * Checks what comes before the operation, in the API's own order: the version that the caller
   * speaks, and who calls.
   */
  void admit(ApiRequest request);

  /**
   * Whether {@link #admit} comes before the question whether the API has such a path and verb. May
   * take database look-ups.
   */
  default boolean admitsBeforeRouting() {
    return false;
  }

  /**
   * The path under which routing finds the operation, for APIs that take other spellings of it.
   *
   * @param path with its percent-encoding as sent
   */
  default String routedPath(String path) {
    return path;
  }

  /**
   * The media type under which routing finds the operation, for APIs that read more than they say.
   *
   * @param contentType the value of a Content-Type header as sent
   */
  default String routedContentType(String contentType) {
    return contentType;
  }

  /**
   * The time that a request may take in the server, counted from its arrival; at most {@link
   * RequestContext#LONGEST}. Faults of the request are not looked for here.
   */
  default Duration timeLimit(ApiRequest request) {
    return RequestContext.LONGEST;
  }

  /** Checks the query parameters and headers that the operations share. */
  void checkParameters(ApiRequest request);

  /** Whether the API reads bodies of this media type; one without is always read. */
  default boolean reads(String contentType) {
    return MediaTypes.isJson(contentType);
  }

  /** The size in bytes above which a body is refused. */
  long maximumBodySize();

  /** Adds what every answer carries, errors included. */
  void addResponseHeaders(ApiRequest request, MultivaluedMap<String, Object> headers);
}
