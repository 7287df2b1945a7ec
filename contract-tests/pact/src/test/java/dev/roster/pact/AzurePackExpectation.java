package dev.roster.pact;

import au.com.dius.pact.consumer.dsl.Matchers;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.client.azurepack.AzurePackClient;
import dev.roster.client.azurepack.AzurePackClientBuilder;
import dev.roster.client.azurepack.AzurePackException;
import dev.roster.client.azurepack.AzurePackException.Detail;

/** One interaction with Windows Azure Pack. */
final class AzurePackExpectation
    extends Expectation<AzurePackExpectation, AzurePackClient, AzurePackException> {

  static final String PROVIDER = "azure-pack";

  private static final String CLIENT_REQUEST_ID = "2028eab5-37c8-4e7a-84a9-558e7e33b3df";

  private AzurePackExpectation(String operationId, String description) {
    super(ProvenApi.AZURE_PACK, AzurePackException.class, operationId, description);
    credentials(bearer());
    requestHeader("x-ms-client-request-id", Matchers.regexp(UUID, CLIENT_REQUEST_ID));
    // Without it the answer would be in the format of the request's body.
    requestHeader("Accept", "application/json");
  }

  /**
   * Begins an interaction.
   *
   * @param operationId of the contract
   * @param description unlike that of any other interaction
   */
  static AzurePackExpectation of(String operationId, String description) {
    return new AzurePackExpectation(operationId, description);
  }

  @Override
  AzurePackExpectation self() {
    return this;
  }

  @Override
  AzurePackClient client(String endpoint) {
    return builder(endpoint).build();
  }

  /** Describes a client with a bearer token. */
  static AzurePackClientBuilder builder(String endpoint) {
    return AzurePackClient.builder().endpoint(endpoint).bearer(() -> "token");
  }

  /** A body with exactly these values. */
  AzurePackExpectation body(String json) {
    return body(JsonBody.of(json).build());
  }

  /** A body with these values, but with any time of creation. */
  AzurePackExpectation bodyOfToday(String json) {
    return body(
        JsonBody.of(json)
            .matching("CreatedTime", "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{0,2}[1-9])?")
            .build());
  }

  /** An error of the service, with its faulty members or without any. */
  AzurePackExpectation error(int status, String code, String text, Detail... details) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("Code", code).put("Message", text);
    if (details.length == 0) {
      body.putNull("Details");
    } else {
      ArrayNode list = body.putArray("Details");
      for (Detail detail : details) {
        list.addObject()
            .put("Code", detail.code())
            .put("Source", detail.source())
            .put("Message", detail.message());
      }
    }
    return answer(status).body(body.toString());
  }
}
