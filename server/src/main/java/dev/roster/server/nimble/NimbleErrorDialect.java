package dev.roster.server.nimble;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;

/** Writes errors as the array's messages: first what the HTTP status says, then what is wrong. */
@Singleton
class NimbleErrorDialect implements ErrorDialect {

  private static final Pattern ACTION = Pattern.compile("/v1/(users|tokens)/[^/]+/actions/[^/]+");

  private static final String UNAUTHORIZED = "SM_http_unauthorized";

  private record StatusMessage(String code, String text) {}

  @Inject
  NimbleErrorDialect() {}

  @Override
  public Api api() {
    return Api.NIMBLE;
  }

  @Override
  public ApiError translate(RequestFailure failure, RequestContext context) {
    ApiException error =
        switch (failure.kind()) {
          case UNREADABLE_URL -> NimbleErrors.malformedUrl();
          case UNKNOWN_PATH ->
              ACTION.matcher(context.routedPath()).matches()
                  ? NimbleErrors.noActionFound()
                  : NimbleErrors.noPathFound();
          case WRONG_METHOD -> NimbleErrors.noMethod(context.request().method());
          case BODY_TOO_LARGE -> NimbleErrors.unreadableBody("The body is larger than 1 MiB.");
          // The others are not met: bodies are trees, and parameters are checked by their own code.
          case MALFORMED_BODY,
              UNSUPPORTED_MEDIA_TYPE,
              NOT_ACCEPTABLE,
              MISSING_PROPERTY,
              INVALID_PROPERTY,
              UNKNOWN_PROPERTY,
              INVALID_HEADER ->
              NimbleErrors.unreadableBody("The body is missing or is no JSON object.");
          case INVALID_PARAMETER, OUT_OF_RANGE_PARAMETER -> Window.fault(context.request());
          case TIMED_OUT, BUSY -> NimbleErrors.busy();
          case INTERNAL -> NimbleErrors.internal();
        };
    return error.error();
  }

  @Override
  public Response write(ApiError error, RequestContext context) {
    Response.ResponseBuilder response = Response.status(error.status());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      return response.build();
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode messages = body.putArray("messages");
    StatusMessage status = statusMessage(error.status());
    add(messages, status.code(), status.text(), List.of());
    add(messages, error.code(), error.message(), error.details());
    return response.type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  private static void add(
      ArrayNode messages, String code, String text, List<ApiError.Detail> arguments) {
    ObjectNode message =
        messages.addObject().put("code", code).put("severity", "error").put("text", harmless(text));
    if (!arguments.isEmpty()) {
      ObjectNode node = message.putObject("arguments");
      arguments.forEach(argument -> node.put(argument.name(), harmless(argument.value())));
    }
  }

  /** Clients that find that code anywhere in an error take their session for dead. */
  private static String harmless(String text) {
    return text.replace(UNAUTHORIZED, "SM_http_...");
  }

  private static StatusMessage statusMessage(int status) {
    return switch (status) {
      case 400 -> new StatusMessage("SM_http_bad_request", "The request is not acceptable.");
      case 401 -> new StatusMessage(UNAUTHORIZED, "The request has no valid session.");
      case 403 -> new StatusMessage("SM_http_forbidden", "The request is not permitted.");
      case 404 -> new StatusMessage("SM_http_not_found", "The request names nothing that exists.");
      case 409 ->
          new StatusMessage("SM_http_conflict", "The request conflicts with the present state.");
      case 503 -> new StatusMessage("SM_http_service_unavailable", "The array is not available.");
      default -> new StatusMessage("SM_http_internal_server_error", "The array has failed.");
    };
  }
}
