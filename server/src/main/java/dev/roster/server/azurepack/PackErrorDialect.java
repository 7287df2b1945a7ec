package dev.roster.server.azurepack;

import dev.roster.server.error.ApiError;
import dev.roster.server.error.ApiException;
import dev.roster.server.error.ErrorDialect;
import dev.roster.server.error.RequestFailure;
import dev.roster.server.http.Api;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Writes the error contract, as JSON or XML. */
@Singleton
class PackErrorDialect implements ErrorDialect {

  private final PackPaths paths;

  @Inject
  PackErrorDialect(PackPaths paths) {
    this.paths = paths;
  }

  @Override
  public Api api() {
    return Api.AZURE_PACK;
  }

  @Override
  public ApiError translate(RequestFailure failure, RequestContext context) {
    ApiException error =
        switch (failure.kind()) {
          case UNREADABLE_URL ->
              PackErrors.invalidInput("The URL of the request cannot be decoded.");
          case UNKNOWN_PATH -> PackErrors.pathNotFound();
          case WRONG_METHOD -> wrongMethod(context);
          case UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE ->
              PackErrors.unsupportedMediaType(failure.value());
          case BODY_TOO_LARGE -> PackErrors.bodyTooLarge();
          // The others are not met: bodies are read by the API's own code, and parameters are
          // texts.
          case MALFORMED_BODY,
              MISSING_PROPERTY,
              INVALID_PROPERTY,
              UNKNOWN_PROPERTY,
              INVALID_PARAMETER,
              OUT_OF_RANGE_PARAMETER,
              INVALID_HEADER ->
              PackErrors.invalidInput("The request cannot be read.");
          case TIMED_OUT, BUSY -> PackErrors.serverBusy();
          case INTERNAL -> PackErrors.internalError();
        };
    return error.error();
  }

  /** Verbs that no API has are refused before anybody knows whether there is such a path. */
  private ApiException wrongMethod(RequestContext context) {
    String allowed = paths.allowed(context.routedPath());
    return allowed.isEmpty()
        ? PackErrors.pathNotFound()
        : PackErrors.methodNotAllowed(context.request().method(), allowed);
  }

  @Override
  public Response write(ApiError error, RequestContext context) {
    Response.ResponseBuilder response = Response.status(error.status());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      return response.build();
    }
    Format format = Negotiation.of(context.request());
    return response
        .header(HttpHeaders.CONTENT_TYPE, format.contentType())
        .entity(Documents.error(format, error))
        .build();
  }
}
