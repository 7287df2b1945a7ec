package dev.roster.server.error;

import dev.roster.server.http.Api;
import dev.roster.server.http.RequestContext;
import jakarta.ws.rs.core.Response;

/** How one API words and writes its errors. */
public interface ErrorDialect {

  /** The API that speaks it. */
  Api api();

  /** Names what the framework refused with one of the API's own errors. */
  ApiError translate(RequestFailure failure, RequestContext context);

  /** Writes an error: status, body, and the headers that belong to the body. */
  Response write(ApiError error, RequestContext context);
}
