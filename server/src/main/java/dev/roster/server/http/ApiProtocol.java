package dev.roster.server.http;

import jakarta.ws.rs.core.MultivaluedMap;

/**
 * What all operations of one API demand of a request and put on an answer.
 *
 * <p>The checks throw {@link dev.roster.server.error.ApiException} with the API's own error.
 */
public interface ApiProtocol {

  /** The API that this is the protocol of. */
  Api api();

  /** Checks the version parameter. */
  void checkVersion(ApiRequest request);

  /** Checks the query parameters and headers that the operations share. */
  void checkParameters(ApiRequest request);

  /** Checks the size and the media type of the body. */
  void checkBody(ApiRequest request);

  /** The size in bytes above which a body is refused. */
  long maximumBodySize();

  /** Adds what every answer carries, errors included. */
  void addResponseHeaders(ApiRequest request, MultivaluedMap<String, Object> headers);
}
