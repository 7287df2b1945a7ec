package dev.roster.server.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.Clock;

/** Writes a BatchError, with the request id and the time in its message as the service does. */
@Singleton
class BatchErrorDialect implements ErrorDialect {

  private final Clock clock;

  @Inject
  BatchErrorDialect(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Api api() {
    return Api.AZURE_BATCH;
  }

  @Override
  public ApiError translate(RequestFailure failure, RequestContext context) {
    ApiException error =
        switch (failure.kind()) {
          case UNREADABLE_URL -> BatchErrors.requestUrlFailedToParse();
          case UNKNOWN_PATH, INVALID_PARAMETER -> BatchErrors.invalidUri();
          case WRONG_METHOD -> BatchErrors.unsupportedHttpVerb();
          case MALFORMED_BODY -> BatchErrors.invalidRequestBody();
          case UNSUPPORTED_MEDIA_TYPE ->
              BatchErrors.invalidHeaderValue(HttpHeaders.CONTENT_TYPE, failure.value());
          case NOT_ACCEPTABLE ->
              BatchErrors.invalidHeaderValue(HttpHeaders.ACCEPT, failure.value());
          case BODY_TOO_LARGE -> BatchErrors.requestBodyTooLarge();
          case MISSING_PROPERTY -> BatchErrors.missingRequiredProperty(failure.subject());
          case INVALID_PROPERTY ->
              failure.value().isEmpty()
                  ? BatchErrors.invalidPropertyValue(failure.subject(), failure.reason())
                  : BatchErrors.invalidPropertyValue(
                      failure.subject(), failure.value(), failure.reason());
          case UNKNOWN_PROPERTY -> BatchErrors.unsupportedProperty(failure.subject());
          case OUT_OF_RANGE_PARAMETER ->
              BatchErrors.invalidQueryParameterValue(
                  failure.subject(), failure.value(), failure.reason());
          case INVALID_HEADER -> BatchErrors.invalidHeaderValue(failure.subject(), failure.value());
          case TIMED_OUT -> BatchErrors.operationTimedOut();
          case BUSY -> BatchErrors.serverBusy();
          case INTERNAL -> BatchErrors.internalError();
        };
    return error.error();
  }

  @Override
  public Response write(ApiError error, RequestContext context) {
    Response.ResponseBuilder response = Response.status(error.status());
    boolean head = context.request().method().equals(HttpMethod.HEAD);
    if (head || error.status() == Response.Status.NOT_MODIFIED.getStatusCode()) {
      return response.build();
    }
    return response
        .header(HttpHeaders.CONTENT_TYPE, BatchProtocol.CONTENT_TYPE)
        .entity(body(error, context))
        .build();
  }

  private ObjectNode body(ApiError error, RequestContext context) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put(
        "odata.metadata",
        context.request().origin()
            + "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element");
    body.put("code", error.code());
    body.putObject("message")
        .put("lang", "en-US")
        .put(
            "value",
            "%s\nRequestId:%s\nTime:%s"
                .formatted(
                    error.message(), context.requestId(), BatchTime.sevenDigits(clock.instant())));
    if (!error.details().isEmpty()) {
      ArrayNode values = body.putArray("values");
      error
          .details()
          .forEach(
              detail -> values.addObject().put("key", detail.name()).put("value", detail.value()));
    }
    return body;
  }
}
