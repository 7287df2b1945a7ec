package dev.roster.pact;

import au.com.dius.pact.consumer.ConsumerPactRunnerKt;
import au.com.dius.pact.consumer.PactVerificationResult;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.HttpInteractionBuilder;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.HttpResponseBuilder;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.Matcher;
import au.com.dius.pact.consumer.dsl.Matchers;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.model.MockProviderConfig;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import dev.roster.client.batch.BatchClient;
import dev.roster.client.batch.BatchClientBuilder;
import dev.roster.client.batch.BatchException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One interaction between the client and Azure Batch: a request, and the answer that the client can
 * handle. Meeting it with the client writes it into the pact.
 *
 * <p>What every request and every answer of the API carries is part of each of them.
 */
final class Expectation {

  static final String CONSUMER = "roster-client";
  static final String PROVIDER = "azure-batch";

  static final String ORIGIN = "http://localhost:8080";
  static final String API_VERSION = "2023-11-01.18.0";
  static final String REQUEST_ID = "5289d960-216e-4097-a870-3ee2e52592c5";
  static final String CLIENT_REQUEST_ID = "9c4d50ee-2d56-4cd3-8152-34347dc9f2b0";
  static final String LAST_MODIFIED = "Mon, 21 Nov 2016 18:27:39 GMT";
  static final Instant LAST_MODIFIED_TIME = Instant.parse("2016-11-21T18:27:39Z");
  static final String ENTITY_TAG = "0x8D4123456789ABC";

  /** A time in a body, Z at its end. */
  static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?Z";

  static final String ENTITY_TAG_PATTERN = "0x[0-9A-F]+";

  private static final String ANY_ORIGIN = "https?://[^/]+";
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String HTTP_DATE =
      "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT";
  private static final String ERROR_TIME = "2016-11-26T00:45:48.7320857Z";
  private static final String REQUEST_BODY_TYPE = "application/json; odata=minimalmetadata";
  private static final String ANSWER_BODY_TYPE = "application/json;odata=minimalmetadata";
  private static final String METADATA = "odata.metadata";

  private final String operationId;
  private final String description;
  private final Map<String, Object> query = new LinkedHashMap<>();
  private final Map<String, Object> requestHeaders = new LinkedHashMap<>();
  private final Map<String, Object> answerHeaders = new LinkedHashMap<>();
  private String state;
  private String method;
  private String path;
  private String requestBody;
  private int status;
  private DslPart answerBody;
  private byte[] answerBytes;

  private Expectation(String operationId, String description) {
    this.operationId = operationId;
    this.description = description;
    query.put("api-version", API_VERSION);
    requestHeaders.put("Authorization", Matchers.regexp("Bearer .+", "Bearer token"));
    requestHeaders.put("client-request-id", Matchers.regexp(UUID, CLIENT_REQUEST_ID));
    requestHeaders.put("return-client-request-id", "true");
    requestHeaders.put("ocp-date", Matchers.regexp(HTTP_DATE, LAST_MODIFIED));
    answerHeaders.put("request-id", Matchers.regexp(UUID, REQUEST_ID));
    // The very id of the request, as it was sent along with return-client-request-id.
    answerHeaders.put("client-request-id", CLIENT_REQUEST_ID);
    answerHeaders.put("DataServiceVersion", "3.0");
  }

  /**
   * Begins an interaction.
   *
   * @param operationId of the contract
   * @param description unlike that of any other interaction
   */
  static Expectation of(String operationId, String description) {
    return new Expectation(operationId, description);
  }

  /** The state that the server has to be in, one of {@link ProviderStates}. */
  Expectation given(String state) {
    this.state = state;
    return this;
  }

  Expectation request(String method, String path) {
    this.method = method;
    this.path = path;
    return this;
  }

  /** A JSON body that is sent with exactly these members. */
  Expectation sending(String json) {
    this.requestBody = json;
    return this;
  }

  Expectation query(String name, Object value) {
    query.put(name, value);
    return this;
  }

  Expectation requestHeader(String name, Object value) {
    requestHeaders.put(name, value);
    return this;
  }

  Expectation withoutRequestHeader(String name) {
    requestHeaders.remove(name);
    return this;
  }

  Expectation answer(int status) {
    this.status = status;
    return this;
  }

  Expectation header(String name, Object value) {
    answerHeaders.put(name, value);
    return this;
  }

  /** ETag and Last-Modified. */
  Expectation validators() {
    return header("ETag", Matchers.regexp(ENTITY_TAG_PATTERN, ENTITY_TAG))
        .header("Last-Modified", Matchers.regexp(HTTP_DATE, LAST_MODIFIED));
  }

  Expectation body(DslPart body) {
    answerBody = body;
    return header("Content-Type", ANSWER_BODY_TYPE);
  }

  Expectation bytes(byte[] body) {
    answerBytes = body;
    return header("Content-Type", "application/octet-stream");
  }

  /**
   * A BatchError.
   *
   * @param text its first line
   * @param details keys and values by turns; a Reason may have any value
   */
  Expectation error(int status, String code, String text, String... details) {
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

  /** A URL of the server, wherever it listens. */
  static Matcher url(String path) {
    return Matchers.regexp(urlPattern(path), ORIGIN + path);
  }

  static String urlPattern(String path) {
    return ANY_ORIGIN + literal(path);
  }

  /** Lets a client with a bearer token make the request, and writes the interaction down. */
  <T> T met(Function<BatchClient, T> call) {
    return met(builder -> builder.bearer(() -> "token"), call);
  }

  /**
   * Lets a client make the request, and writes the interaction down.
   *
   * @param settings of the client, at least its credentials
   */
  <T> T met(
      Function<BatchClientBuilder, BatchClientBuilder> settings, Function<BatchClient, T> call) {
    return metAt(
        endpoint ->
            call.apply(
                settings
                    .apply(
                        BatchClient.builder()
                            .endpoint(endpoint)
                            .clock(Clock.fixed(LAST_MODIFIED_TIME, ZoneOffset.UTC)))
                    .build()));
  }

  /** Lets the client make the request, and gives the refusal that it makes of the answer. */
  BatchException refused(Consumer<BatchClient> call) {
    return met(refusal(call));
  }

  /** As {@link #refused(Function)}, for a client with other settings. */
  BatchException refused(
      Function<BatchClientBuilder, BatchClientBuilder> settings, Consumer<BatchClient> call) {
    return met(settings, refusal(call));
  }

  private static Function<BatchClient, BatchException> refusal(Consumer<BatchClient> call) {
    return client -> {
      try {
        call.accept(client);
      } catch (BatchException e) {
        return e;
      }
      throw new AssertionError("The client took a refusal for an answer");
    };
  }

  /** Lets someone else make the request at an endpoint, and writes the interaction down. */
  <T> T metAt(Function<String, T> call) {
    PactVerificationResult result =
        ConsumerPactRunnerKt.runConsumerTest(
            pact(),
            MockProviderConfig.createDefault(PactSpecVersion.V4),
            (server, context) -> call.apply(server.getUrl()));
    if (result instanceof PactVerificationResult.Error error) {
      throw new AssertionError(error.getDescription(), error.getError());
    }
    if (!(result instanceof PactVerificationResult.Ok ok)) {
      throw new AssertionError(result.getDescription());
    }
    @SuppressWarnings("unchecked")
    T value = (T) ok.getResult();
    return value;
  }

  private V4Pact pact() {
    return new PactBuilder(CONSUMER, PROVIDER, PactSpecVersion.V4)
        .expectsToReceiveHttpInteraction(description, this::describe)
        .toPact();
  }

  private HttpInteractionBuilder describe(HttpInteractionBuilder interaction) {
    return interaction
        .state(state)
        .reference("openapi", "operationId", operationId)
        .withRequest(this::describe)
        .willRespondWith(this::describe);
  }

  private HttpRequestBuilder describe(HttpRequestBuilder request) {
    request.method(method).path(path);
    query.forEach(request::queryParameter);
    requestHeaders.forEach(request::header);
    if (requestBody != null) {
      request.body(requestBody, REQUEST_BODY_TYPE);
      request.header("Content-Type", REQUEST_BODY_TYPE);
    }
    return request;
  }

  private HttpResponseBuilder describe(HttpResponseBuilder response) {
    response.status(status);
    answerHeaders.forEach(response::header);
    if (answerBody != null) {
      response.body(answerBody);
    }
    if (answerBytes != null) {
      response.body(answerBytes, "application/octet-stream");
    }
    return response;
  }

  private static String errorMetadata() {
    return "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element";
  }

  private static String literal(String text) {
    return text.replaceAll("[.$()+?*|\\[\\]{}\\\\^]", "\\\\$0");
  }
}
