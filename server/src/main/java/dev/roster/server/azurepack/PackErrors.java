package dev.roster.server.azurepack;

import dev.roster.server.error.ApiError;
import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/**
 * The errors of Windows Azure Pack. The statuses are documented; codes and texts are ours, see
 * specs/azure-pack/NOTES.md, "Texts of errors".
 */
final class PackErrors {

  static final String INVALID_INPUT = "InvalidInput";
  private static final String RESOURCE_NOT_FOUND = "ResourceNotFound";
  private static final String AUTHORIZATION_FAILED = "AuthorizationFailed";

  private PackErrors() {}

  /** Names faulty members, each with its text; 400. */
  static ApiException invalidInput(List<Detail> faults) {
    return new ApiException(
        new ApiError(400, INVALID_INPUT, "One or more values are not valid.", faults));
  }

  static ApiException invalidInput(String message) {
    return error(400, INVALID_INPUT, message);
  }

  static ApiException authenticationFailed(String message) {
    return new ApiException(
        new ApiError(401, "AuthenticationFailed", message)
            .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
  }

  static ApiException administratorNeeded() {
    return error(
        403,
        AUTHORIZATION_FAILED,
        "The token is of a tenant; the administrator interface needs that of an administrator.");
  }

  static ApiException ownTokensOnly() {
    return error(
        403,
        AUTHORIZATION_FAILED,
        "The token is of a tenant, who can invalidate only the tokens of its own user.");
  }

  static ApiException userNotFound(String name) {
    return error(404, RESOURCE_NOT_FOUND, "The user '%s' was not found.".formatted(name));
  }

  static ApiException pathNotFound() {
    return error(404, RESOURCE_NOT_FOUND, "The resource was not found.");
  }

  static ApiException incorrectParameter(String name, String value) {
    return error(
        404,
        RESOURCE_NOT_FOUND,
        "The value '%s' of the parameter '%s' is not correct.".formatted(value, name));
  }

  static ApiException methodNotAllowed(String verb, String allowed) {
    return new ApiException(
        new ApiError(
                405,
                "MethodNotAllowed",
                "The resource does not have the method '%s'.".formatted(verb))
            .withHeader(HttpHeaders.ALLOW, allowed));
  }

  static ApiException userAlreadyExists(String name) {
    return error(409, "ResourceAlreadyExists", "The user '%s' already exists.".formatted(name));
  }

  static ApiException beingDeleted(String name) {
    return error(
        409, "Conflict", "The user '%s' is being deleted and cannot be changed.".formatted(name));
  }

  static ApiException hasSubscriptions(String name) {
    return error(
        409,
        "Conflict",
        "The user '%s' has subscriptions; delete them too, with deleteSubscriptions=True or force=True."
            .formatted(name));
  }

  static ApiException bodyTooLarge() {
    return invalidInput("The body is larger than 1 MiB.");
  }

  static ApiException unsupportedMediaType(String contentType) {
    return error(
        415,
        "UnsupportedMediaType",
        "The media type '%s' is not supported; JSON and XML are.".formatted(contentType));
  }

  static ApiException internalError() {
    return error(500, "InternalError", "The server has failed to process the request.");
  }

  static ApiException serverBusy() {
    return error(503, "ServerBusy", "The server is busy at the moment. Please try again.");
  }

  private static ApiException error(int status, String code, String message) {
    return new ApiException(new ApiError(status, code, message));
  }
}
