package dev.roster.server.apimanagement;

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

/** Writes ARM's error envelope; the errors of the service have details, be it null. */
@Singleton
class ApiManagementErrorDialect implements ErrorDialect {

  private static final String PROPERTIES = "properties.";

  private final ArmFrontDoor frontDoor;

  @Inject
  ApiManagementErrorDialect(ArmFrontDoor frontDoor) {
    this.frontDoor = frontDoor;
  }

  @Override
  public Api api() {
    return Api.AZURE_API_MANAGEMENT;
  }

  @Override
  public ApiError translate(RequestFailure failure, RequestContext context) {
    ApiException error =
        switch (failure.kind()) {
          case UNREADABLE_URL, UNKNOWN_PATH -> ApiManagementErrors.invalidRequestUri();
          case WRONG_METHOD -> frontDoor.wrongVerb(context.request());
          case UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE ->
              ApiManagementErrors.unsupportedMediaType(failure.value());
          case BODY_TOO_LARGE -> ApiManagementErrors.requestContentTooLarge();
          case MALFORMED_BODY, UNKNOWN_PROPERTY -> ApiManagementErrors.invalidRequestContent();
          case MISSING_PROPERTY ->
              ApiManagementErrors.validation(
                  target(failure.subject()), FieldFaults.empty(target(failure.subject())));
          case INVALID_PROPERTY, INVALID_PARAMETER, OUT_OF_RANGE_PARAMETER, INVALID_HEADER ->
              ApiManagementErrors.validation(
                  target(failure.subject()), FieldFaults.condition(target(failure.subject())));
          case TIMED_OUT, BUSY -> ApiManagementErrors.serviceUnavailable();
          case INTERNAL -> ApiManagementErrors.internalServerError();
        };
    return error.error();
  }

  private static String target(String path) {
    return path.startsWith(PROPERTIES) ? path.substring(PROPERTIES.length()) : path;
  }

  @Override
  public Response write(ApiError error, RequestContext context) {
    Response.ResponseBuilder response = Response.status(error.status());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      return response.build();
    }
    return response
        .header(HttpHeaders.CONTENT_TYPE, ApiManagementProtocol.CONTENT_TYPE)
        .entity(body(error))
        .build();
  }

  private static ObjectNode body(ApiError error) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode content =
        body.putObject("error").put("code", error.code()).put("message", error.message());
    if (!error.details().isEmpty()) {
      ArrayNode details = content.putArray("details");
      error
          .details()
          .forEach(
              detail ->
                  details
                      .addObject()
                      .put("code", ApiManagementErrors.VALIDATION_ERROR)
                      .put("target", detail.name())
                      .put("message", detail.value()));
    } else if (!error.headers().containsKey(ApiManagementErrors.FAILURE_CAUSE)) {
      content.putNull("details");
    }
    return body;
  }
}
