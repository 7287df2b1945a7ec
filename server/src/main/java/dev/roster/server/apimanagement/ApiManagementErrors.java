package dev.roster.server.apimanagement;

import dev.roster.server.error.ApiError;
import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/**
 * The errors of API Management and of Azure Resource Manager in front of it.
 *
 * <p>Those of the front have the header {@link #FAILURE_CAUSE} and no details. Sources of the
 * texts: specs/azure-api-management/NOTES.md, "Texts of errors".
 */
final class ApiManagementErrors {

  /** Tells errors that were found before the service was reached. */
  static final String FAILURE_CAUSE = "x-ms-failure-cause";

  static final String VALIDATION_ERROR = "ValidationError";

  /** Tools read the tenant out of the challenge; this one is nobody's. */
  private static final String CHALLENGE =
      "Bearer authorization_uri=\"https://login.windows.net/11111111-2222-3333-4444-555555555555\","
          + " error=\"invalid_token\", error_description=\"%s\"";

  private ApiManagementErrors() {}

  static ApiException authenticationFailed() {
    return challenge(
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.",
        "The authentication failed because of missing 'Authorization' header.");
  }

  static ApiException invalidAuthenticationToken() {
    return challenge(
        "InvalidAuthenticationToken",
        "The access token is invalid.",
        "The access token is missing or invalid.");
  }

  static ApiException missingApiVersionParameter() {
    return gateway(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");
  }

  static ApiException invalidApiVersionParameter(String version, String supported) {
    return gateway(
        400,
        "InvalidApiVersionParameter",
        "The api-version '%s' is invalid. The supported versions are '%s'."
            .formatted(version, supported));
  }

  static ApiException noRegisteredProviderFound(
      String location, String version, String type, String supported) {
    return gateway(
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location '%s' and API version '%s' for type '%s'. The supported api-versions are '%s'. The supported locations are '%s'."
            .formatted(location, version, type, supported, location));
  }

  static ApiException subscriptionNotFound(String id) {
    return gateway(
        404, "SubscriptionNotFound", "The subscription '%s' could not be found.".formatted(id));
  }

  static ApiException resourceGroupNotFound(String name) {
    return gateway(
        404, "ResourceGroupNotFound", "Resource group '%s' could not be found.".formatted(name));
  }

  static ApiException serviceNotFound(String name, String resourceGroup) {
    return gateway(
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.ApiManagement/service/%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(name, resourceGroup));
  }

  static ApiException invalidResourceType(
      String type, String namespace, String version, String supported) {
    return gateway(
        404,
        "InvalidResourceType",
        "The resource type '%s' could not be found in the namespace '%s' for api version '%s'. The supported api-versions are '%s'."
            .formatted(type, namespace, version, supported));
  }

  static ApiException invalidRequestUri() {
    return gateway(400, "InvalidRequestUri", "The URL of the request cannot be decoded.");
  }

  static ApiException methodNotAllowed(String verb, String url, String allowed) {
    ApiError error =
        gateway(
                405,
                "MethodNotAllowed",
                "The HTTP method '%s' is not supported on the resource '%s'.".formatted(verb, url))
            .error();
    return new ApiException(
        allowed.isEmpty() ? error : error.withHeader(HttpHeaders.ALLOW, allowed));
  }

  static ApiException unsupportedMediaType(String contentType) {
    return gateway(
        415,
        "UnsupportedMediaType",
        "The content media type '%s' is not supported. Only 'application/json' is supported."
            .formatted(contentType));
  }

  static ApiException requestContentTooLarge() {
    return gateway(
        413, "RequestContentTooLarge", "The request content exceeds the limit of 1048576 bytes.");
  }

  static ApiException invalidRequestContent() {
    return gateway(
        400,
        "InvalidRequestContent",
        "The request content is missing, is not a JSON object or has a value of the wrong type.");
  }

  static ApiException serviceUnavailable() {
    return gateway(
        503, "ServiceUnavailable", "The service is unavailable at the moment. Please try again.");
  }

  static ApiException internalServerError() {
    return gateway(500, "InternalServerError", "The server encountered an internal error.");
  }

  /** Names faulty fields; 400. */
  static ApiException validation(List<Detail> faults) {
    return new ApiException(
        new ApiError(
            400, VALIDATION_ERROR, "One or more fields contain incorrect values:", faults));
  }

  /** Names one faulty field; 400. */
  static ApiException validation(String target, String message) {
    return validation(List.of(new Detail(target, message)));
  }

  static ApiException conflict(String message) {
    return service(409, "Conflict", message);
  }

  static ApiException userNotFound() {
    return service(404, "ResourceNotFound", "User not found.");
  }

  static ApiException groupNotFound() {
    return service(404, "ResourceNotFound", "Group not found.");
  }

  static ApiException subscriptionOfUserNotFound() {
    return service(404, "ResourceNotFound", "Subscription not found.");
  }

  static ApiException systemEntityNotModified() {
    return service(405, "MethodNotAllowed", "System entity cannot be modified");
  }

  static ApiException systemEntityNotDeleted() {
    return service(405, "MethodNotAllowed", "System entity cannot be deleted");
  }

  static ApiException preconditionFailed() {
    return service(412, "PreconditionFailed", "Resource was modified since last retrieval.");
  }

  private static ApiException challenge(String code, String message, String description) {
    return new ApiException(
        gateway(401, code, message)
            .error()
            .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE.formatted(description)));
  }

  private static ApiException gateway(int status, String code, String message) {
    return new ApiException(
        new ApiError(status, code, message).withHeader(FAILURE_CAUSE, "gateway"));
  }

  private static ApiException service(int status, String code, String message) {
    return new ApiException(new ApiError(status, code, message));
  }
}
