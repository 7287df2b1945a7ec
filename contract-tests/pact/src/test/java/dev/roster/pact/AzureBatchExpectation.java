package dev.roster.pact;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.Matchers;
import dev.roster.client.batch.BatchClient;
import dev.roster.client.batch.BatchClientBuilder;
import dev.roster.client.batch.BatchException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** One interaction with Azure Batch. */
final class AzureBatchExpectation
    extends Expectation<AzureBatchExpectation, BatchClient, BatchException> {

  static final String PROVIDER = "azure-batch";

  static final String API_VERSION = "2023-11-01.18.0";
  static final String REQUEST_ID = "5289d960-216e-4097-a870-3ee2e52592c5";
  static final String CLIENT_REQUEST_ID = "9c4d50ee-2d56-4cd3-8152-34347dc9f2b0";
  static final String LAST_MODIFIED = "Mon, 21 Nov 2016 18:27:39 GMT";
  static final Instant LAST_MODIFIED_TIME = Instant.parse("2016-11-21T18:27:39Z");
  static final String ENTITY_TAG = "0x8D4123456789ABC";

  /** A time in a body, Z at its end. */
  static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?Z";

  static final String ENTITY_TAG_PATTERN = "0x[0-9A-F]+";

  private static final String HTTP_DATE =
      "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT";
  private static final String ERROR_TIME = "2016-11-26T00:45:48.7320857Z";
  private static final String METADATA = "odata.metadata";

  private AzureBatchExpectation(String operationId, String description) {
    super(ProvenApi.AZURE_BATCH, BatchException.class, operationId, description);
    credentials(bearer());
    query("api-version", API_VERSION);
    requestHeader("client-request-id", Matchers.regexp(UUID, CLIENT_REQUEST_ID));
    requestHeader("return-client-request-id", "true");
    requestHeader("ocp-date", Matchers.regexp(HTTP_DATE, LAST_MODIFIED));
    header("request-id", Matchers.regexp(UUID, REQUEST_ID));
    // The very id of the request, as it was sent along with return-client-request-id.
    header("client-request-id", CLIENT_REQUEST_ID);
    header("DataServiceVersion", "3.0");
  }

  /**
   * Begins an interaction.
   *
   * @param operationId of the contract
   * @param description unlike that of any other interaction
   */
  static AzureBatchExpectation of(String operationId, String description) {
    return new AzureBatchExpectation(operationId, description);
  }

  @Override
  AzureBatchExpectation self() {
    return this;
  }

  @Override
  BatchClient client(String endpoint) {
    return builder(endpoint).build();
  }

  /** Describes a client with a bearer token. */
  static BatchClientBuilder builder(String endpoint) {
    return BatchClient.builder()
        .endpoint(endpoint)
        .bearer(() -> "token")
        .clock(Clock.fixed(LAST_MODIFIED_TIME, ZoneOffset.UTC));
  }

  /** ETag and Last-Modified. */
  AzureBatchExpectation validators() {
    return header("ETag", Matchers.regexp(ENTITY_TAG_PATTERN, ENTITY_TAG))
        .header("Last-Modified", Matchers.regexp(HTTP_DATE, LAST_MODIFIED));
  }

  /**
   * A BatchError.
   *
   * @param text its first line
   * @param details keys and values by turns; a Reason may have any value
   */
  AzureBatchExpectation error(int status, String code, String text, String... details) {
    return answer(status)
        .body(
            LambdaDsl.newJsonBody(
                    error -> {
                      error.stringMatcher(
                          METADATA, urlPattern(errorMetadata()), ORIGIN + errorMetadata());
                      error.stringValue("code", code);
                      error.object(
                          "message",
                          message -> {
                            message.stringValue("lang", "en-US");
                            message.stringMatcher(
                                "value",
                                literal(text) + "\nRequestId:" + UUID + "\nTime:" + TIME,
                                errorText(text));
                          });
                      if (details.length > 0) {
                        error.array(
                            "values",
                            values -> {
                              for (int i = 0; i < details.length; i += 2) {
                                String key = details[i];
                                String value = details[i + 1];
                                values.object(
                                    detail -> {
                                      detail.stringValue("key", key);
                                      if (key.equals("Reason")) {
                                        detail.stringMatcher("value", ".+", value);
                                      } else {
                                        detail.stringValue("value", value);
                                      }
                                    });
                              }
                            });
                      }
                    })
                .build());
  }

  /** What the client reads as text of an {@link #error}. */
  static String errorText(String text) {
    return text + "\nRequestId:" + REQUEST_ID + "\nTime:" + ERROR_TIME;
  }

  private static String errorMetadata() {
    return "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element";
  }
}
