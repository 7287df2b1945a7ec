package dev.roster.server.batch;

import dev.roster.server.error.ApiError;
import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/**
 * The errors of the Batch service, one method for each code that the stand-in uses.
 *
 * <p>Codes, statuses and texts are those of the documentation page "Batch Status and Error Codes".
 */
final class BatchErrors {

  private static final String PROPERTY_NAME = "PropertyName";
  private static final String PROPERTY_VALUE = "PropertyValue";
  private static final String QUERY_PARAMETER_NAME = "QueryParameterName";
  private static final String QUERY_PARAMETER_VALUE = "QueryParameterValue";
  private static final String HEADER_NAME = "HeaderName";
  private static final String HEADER_VALUE = "HeaderValue";
  private static final String REASON = "Reason";
  private static final String AUTHENTICATION_DETAIL = "AuthenticationErrorDetail";

  private BatchErrors() {}

  static ApiException invalidUri() {
    return error(
        400, "InvalidUri", "The requested URI does not represent any resource on the server.");
  }

  static ApiException requestUrlFailedToParse() {
    return error(400, "RequestUrlFailedToParse", "The URL in the request could not be parsed.");
  }

  static ApiException unsupportedHttpVerb() {
    return error(
        405, "UnsupportedHttpVerb", "The resource doesn't support the specified HTTP verb.");
  }

  static ApiException missingRequiredQueryParameter(String name) {
    return error(
        400,
        "MissingRequiredQueryParameter",
        "A query parameter that's mandatory for this request is not specified.",
        new Detail(QUERY_PARAMETER_NAME, name));
  }

  static ApiException invalidQueryParameterValue(String name, String value, String reason) {
    return error(
        400,
        "InvalidQueryParameterValue",
        "Value for one of the query parameters specified in the request URI is invalid.",
        new Detail(QUERY_PARAMETER_NAME, name),
        new Detail(QUERY_PARAMETER_VALUE, value),
        new Detail(REASON, reason));
  }

  static ApiException unsupportedRequestVersion(String version, String reason) {
    return error(
        400,
        "UnsupportedRequestVersion",
        "The specified request version is not supported.",
        new Detail(QUERY_PARAMETER_NAME, "api-version"),
        new Detail(QUERY_PARAMETER_VALUE, version),
        new Detail(REASON, reason));
  }

  static ApiException missingRequiredHeader(String name) {
    return error(
        400,
        "MissingRequiredHeader",
        "An HTTP header that's mandatory for this request is not specified.",
        new Detail(HEADER_NAME, name));
  }

  static ApiException invalidHeaderValue(String name, String value) {
    return error(
        400,
        "InvalidHeaderValue",
        "The value provided for one of the HTTP headers was not in the correct format.",
        new Detail(HEADER_NAME, name),
        new Detail(HEADER_VALUE, value));
  }

  static ApiException multipleConditionHeadersNotSupported() {
    return error(
        400,
        "MultipleConditionHeadersNotSupported",
        "Multiple condition headers are not supported.");
  }

  static ApiException invalidAuthenticationInfo(String detail) {
    return error(
        400,
        "InvalidAuthenticationInfo",
        "The authentication information was not provided in the correct format. Verify the value of"
            + " Authorization header.",
        new Detail(AUTHENTICATION_DETAIL, detail));
  }

  /** The refusal of a signature; 403. */
  static ApiException signatureRefused(String detail) {
    return error(
        403,
        "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is"
            + " formed correctly including the signature.",
        new Detail(AUTHENTICATION_DETAIL, detail));
  }

  /** The refusal of a bearer token; 401. */
  static ApiException tokenRefused(String detail) {
    return new ApiException(
        error(
                401,
                "AuthenticationFailed",
                "Server failed to authenticate the request. Make sure the value of Authorization"
                    + " header is formed correctly.",
                new Detail(AUTHENTICATION_DETAIL, detail))
            .error()
            .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
  }

  static ApiException invalidRequestBody() {
    return error(
        400, "InvalidRequestBody", "The specified Request Body is not syntactically valid.");
  }

  static ApiException requestBodyTooLarge() {
    return error(
        413,
        "RequestBodyTooLarge",
        "The size of the request body exceeds the maximum size permitted.");
  }

  static ApiException missingRequiredProperty(String property) {
    return error(
        400,
        "MissingRequiredProperty",
        "A required property was not specified in the request body.",
        new Detail(PROPERTY_NAME, property));
  }

  static ApiException unsupportedProperty(String property) {
    return error(
        400,
        "UnsupportedProperty",
        "One of the properties specified in the request body is not supported.",
        new Detail(PROPERTY_NAME, property));
  }

  static ApiException invalidPropertyValue(String property, String reason) {
    return error(
        400,
        "InvalidPropertyValue",
        "The value provided for one of the properties in the request body is invalid.",
        new Detail(PROPERTY_NAME, property),
        new Detail(REASON, reason));
  }

  /** As {@link #invalidPropertyValue(String, String)}, with a value that is no secret. */
  static ApiException invalidPropertyValue(String property, String value, String reason) {
    return error(
        400,
        "InvalidPropertyValue",
        "The value provided for one of the properties in the request body is invalid.",
        new Detail(PROPERTY_NAME, property),
        new Detail(PROPERTY_VALUE, value),
        new Detail(REASON, reason));
  }

  static ApiException conditionNotMet() {
    return error(
        412,
        "ConditionNotMet",
        "The condition specified using HTTP conditional header(s) is not met.");
  }

  static ApiException poolNotFound() {
    return error(404, "PoolNotFound", "The specified pool does not exist.");
  }

  static ApiException nodeNotFound() {
    return error(404, "NodeNotFound", "The specified node does not exist.");
  }

  static ApiException nodeUserNotFound() {
    return error(404, "NodeUserNotFound", "The specified node user does not exist.");
  }

  static ApiException poolExists() {
    return error(409, "PoolExists", "The specified pool already exists.");
  }

  static ApiException poolBeingDeleted() {
    return error(409, "PoolBeingDeleted", "The specified pool is being deleted.");
  }

  static ApiException nodeUserExists() {
    return error(409, "NodeUserExists", "The specified node user already exists.");
  }

  static ApiException nodeAlreadyInTargetSchedulingState() {
    return error(
        409,
        "NodeAlreadyInTargetSchedulingState",
        "The specified node is already in the target scheduling state.");
  }

  static ApiException operationNotValidOnNode(String reason) {
    return error(
        409,
        "OperationNotValidOnNode",
        "The specified operation is not valid on the node.",
        new Detail(REASON, reason));
  }

  /** The refusal of an operation that the node's state forbids. */
  static ApiException notAllowedIn(NodeState state) {
    return switch (state) {
      case CREATING -> error(409, "NodeBeingCreated", "The specified node is being created.");
      case STARTING -> error(409, "NodeBeingStarted", "The specified node is being started.");
      case REBOOTING -> error(409, "NodeBeingRebooted", "The specified node is being rebooted.");
      case REIMAGING -> error(409, "NodeBeingReimaged", "The specified node is being reimaged.");
      case UNUSABLE -> error(409, "NodeStateUnusable", "The specified node is unusable.");
      case IDLE,
          RUNNING,
          WAITING_FOR_START_TASK,
          START_TASK_FAILED,
          UNKNOWN,
          LEAVING_POOL,
          OFFLINE,
          PREEMPTED ->
          error(
              409,
              "OperationInvalidForCurrentState",
              "The specified operation is not valid for the current state of the resource.",
              new Detail(REASON, "The node is in the state " + state.wireValue() + "."));
    };
  }

  static ApiException operationTimedOut() {
    return error(
        500,
        "OperationTimedOut",
        "The operation could not be completed within the permitted time.");
  }

  static ApiException serverBusy() {
    return error(
        503,
        "ServerBusy",
        "The server is currently unable to receive requests. Please retry your request.");
  }

  static ApiException internalError() {
    return error(
        500,
        "InternalError",
        "The server encountered an internal error. Please retry the request.");
  }

  private static ApiException error(int status, String code, String message, Detail... details) {
    return new ApiException(new ApiError(status, code, message, List.of(details)));
  }
}
