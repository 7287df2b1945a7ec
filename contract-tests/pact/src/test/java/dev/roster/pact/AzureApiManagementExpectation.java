package dev.roster.pact;

import au.com.dius.pact.consumer.dsl.Matchers;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.client.apimanagement.ApiManagementClient;
import dev.roster.client.apimanagement.ApiManagementClientBuilder;
import dev.roster.client.apimanagement.ApiManagementException;
import dev.roster.client.apimanagement.ApiManagementException.Detail;

/** One interaction with Azure API Management. */
final class AzureApiManagementExpectation
    extends Expectation<
        AzureApiManagementExpectation, ApiManagementClient, ApiManagementException> {

  static final String PROVIDER = "azure-api-management";

  static final String API_VERSION = "2022-08-01";
  static final String REQUEST_ID = "438ca108-cd5a-4b96-ac2f-786401b1a9b1";
  static final String CORRELATION_ID = "ac1b1a1e-5f0c-4f0e-8f4c-0a7a6c6f5a11";
  static final String CLIENT_REQUEST_ID = "9c4d50ee-2d56-4cd3-8152-34347dc9f2b0";

  /** A recorded tag of two counters, as users have them. */
  static final String USER_TAG = "\"AAAAAAAAC/AAAAAAAAAL8g==\"";

  /** A recorded tag of one counter, as everything else has them, and a user that was updated. */
  static final String SHORT_TAG = "\"AAAAAAAAC/k=\"";

  private static final String USER_TAG_PATTERN = "\"[A-Za-z0-9+/]{22}==\"";
  private static final String SHORT_TAG_PATTERN = "\"[A-Za-z0-9+/]{11}=\"";

  private AzureApiManagementExpectation(String operationId, String description) {
    super(ProvenApi.AZURE_API_MANAGEMENT, ApiManagementException.class, operationId, description);
    credentials(bearer());
    query("api-version", API_VERSION);
    requestHeader("x-ms-client-request-id", Matchers.regexp(UUID, CLIENT_REQUEST_ID));
    header("x-ms-request-id", Matchers.regexp(UUID, REQUEST_ID));
    header("x-ms-correlation-request-id", Matchers.regexp(UUID, CORRELATION_ID));
  }

  /**
   * Begins an interaction.
   *
   * @param operationId of the contract
   * @param description unlike that of any other interaction
   */
  static AzureApiManagementExpectation of(String operationId, String description) {
    return new AzureApiManagementExpectation(operationId, description);
  }

  @Override
  AzureApiManagementExpectation self() {
    return this;
  }

  @Override
  ApiManagementClient client(String endpoint) {
    return builder(endpoint).build();
  }

  /** Describes a client of the documented service, with a bearer token. */
  static ApiManagementClientBuilder builder(String endpoint) {
    return ApiManagementClient.builder()
        .endpoint(endpoint)
        .bearer(() -> "token")
        .subscriptionId(AzureApiManagementProviderStates.SUBSCRIPTION)
        .resourceGroup(AzureApiManagementProviderStates.RESOURCE_GROUP)
        .serviceName(AzureApiManagementProviderStates.SERVICE_NAME);
  }

  /** An ETag of two counters. */
  AzureApiManagementExpectation userTag() {
    return header("ETag", Matchers.regexp(USER_TAG_PATTERN, USER_TAG));
  }

  /** An ETag of one counter. */
  AzureApiManagementExpectation shortTag() {
    return header("ETag", Matchers.regexp(SHORT_TAG_PATTERN, SHORT_TAG));
  }

  /** A body as the documentation prints it, but with any times. */
  AzureApiManagementExpectation body(String json) {
    return body(sample(json).build());
  }

  /** The start of a body as the documentation prints it, but with any times. */
  static JsonBody sample(String json) {
    String time = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{0,2}[1-9])?Z";
    return JsonBody.of(json)
        .matching("registrationDate", time)
        .matching("createdDate", time)
        .matching("createdAtUtc", time)
        .matching("etag", "[A-Za-z0-9+/]{11}=");
  }

  /** An error of the service, with its faulty fields or without any. */
  AzureApiManagementExpectation error(int status, String code, String text, Detail... details) {
    ObjectNode body = errorBody(code, text);
    ObjectNode error = (ObjectNode) body.get("error");
    if (details.length == 0) {
      error.putNull("details");
    } else {
      ArrayNode list = error.putArray("details");
      for (Detail detail : details) {
        list.addObject()
            .put("code", detail.code())
            .put("target", detail.target())
            .put("message", detail.message());
      }
    }
    return answer(status).body(JsonBody.of(body.toString()).build());
  }

  /** An error that Azure Resource Manager finds before the request reaches the service. */
  AzureApiManagementExpectation gatewayError(int status, String code, String text) {
    return answer(status)
        .header("x-ms-failure-cause", "gateway")
        .body(JsonBody.of(errorBody(code, text).toString()).build());
  }

  private static ObjectNode errorBody(String code, String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("code", code).put("message", text);
    return body;
  }
}
