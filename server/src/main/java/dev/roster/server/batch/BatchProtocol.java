package dev.roster.server.batch;

import dev.roster.server.config.Choices;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.Api;
import dev.roster.server.http.ApiProtocol;
import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.ApiVersions;
import dev.roster.server.http.HttpDate;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What all Batch operations demand of a request and put on an answer. */
@Singleton
class BatchProtocol implements ApiProtocol {

  /** The media type of every body that the service sends. */
  static final String CONTENT_TYPE = "application/json;odata=minimalmetadata";

  /** The header with the URL of the entity that an answer is about. */
  static final String DATA_SERVICE_ID = "DataServiceId";

  static final int MOST_RESULTS = 1000;

  private static final String API_VERSION = "api-version";
  private static final String TIMEOUT = "timeout";
  private static final String MAX_RESULTS = "maxresults";
  private static final String CLIENT_REQUEST_ID = "client-request-id";
  private static final String RETURN_CLIENT_REQUEST_ID = "return-client-request-id";
  private static final String OCP_DATE = "ocp-date";

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  private static final long MEBIBYTE = 1024L * 1024L;

  private final BatchAuthenticator authenticator;
  private final Choices choices;
  private final Clock clock;
  private final RequestContext context;
  private final ApiVersions versions;

  @Inject
  BatchProtocol(
      BatchAuthenticator authenticator, Choices choices, Clock clock, RequestContext context) {
    this.authenticator = authenticator;
    this.choices = choices;
    this.clock = clock;
    this.context = context;
    this.versions =
        ApiVersions.of("azure-batch", choices.is("batch.common.api-versions-retired", "served"));
  }

  @Override
  public Api api() {
    return Api.AZURE_BATCH;
  }

  @Override
  public void admit(ApiRequest request) {
    checkVersion(request);
    authenticator.authenticate(request);
  }

  private void checkVersion(ApiRequest request) {
    String version =
        request
            .queryParameter(API_VERSION)
            .filter(value -> !value.isEmpty())
            .orElseThrow(() -> BatchErrors.missingRequiredQueryParameter(API_VERSION));
    if (!versions.contains(version)) {
      String reason = "Supported versions: " + String.join(", ", versions.oldestFirst());
      throw choices.is("batch.common.api-version-unsupported", "unsupported-request-version")
          ? BatchErrors.unsupportedRequestVersion(version, reason)
          : BatchErrors.invalidQueryParameterValue(API_VERSION, version, reason);
    }
  }

  @Override
  public Duration timeLimit(ApiRequest request) {
    try {
      Duration limit =
          positiveNumber(request, TIMEOUT, "Timeout", Integer.MAX_VALUE)
              .map(Duration::ofSeconds)
              .orElse(RequestContext.LONGEST);
      return limit.compareTo(RequestContext.LONGEST) < 0 ? limit : RequestContext.LONGEST;
    } catch (ApiException e) {
      // Answered in its turn.
      return RequestContext.LONGEST;
    }
  }

  @Override
  public void checkParameters(ApiRequest request) {
    positiveNumber(request, TIMEOUT, "Timeout", Integer.MAX_VALUE);
    positiveNumber(request, MAX_RESULTS, "MaxResults", MOST_RESULTS);
    checkHeader(request, CLIENT_REQUEST_ID, value -> GUID.matcher(value).matches());
    checkHeader(request, RETURN_CLIENT_REQUEST_ID, BatchProtocol::isBoolean);
    checkHeader(request, OCP_DATE, value -> HttpDate.parse(value).isPresent());
  }

  @Override
  public long maximumBodySize() {
    return MEBIBYTE;
  }

  @Override
  public void addResponseHeaders(ApiRequest request, MultivaluedMap<String, Object> headers) {
    headers.putSingle("request-id", context.requestId().toString());
    headers.putSingle("DataServiceVersion", "3.0");
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putSingle(HttpHeaders.DATE, HttpDate.format(clock.instant()));
    if (request.header(RETURN_CLIENT_REQUEST_ID).filter(Boolean::parseBoolean).isPresent()) {
      request
          .header(CLIENT_REQUEST_ID)
          .filter(id -> GUID.matcher(id).matches())
          .ifPresent(id -> headers.putSingle(CLIENT_REQUEST_ID, id));
    }
  }

  /**
   * Reads a positive number of the query.
   *
   * @param label the name of the parameter in the Reason of a refusal
   */
  private static Optional<Integer> positiveNumber(
      ApiRequest request, String name, String label, int most) {
    Optional<String> text = request.queryParameter(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int number;
    try {
      number = Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      throw BatchErrors.invalidQueryParameterValue(
          name, text.get(), "The value has to be a 32-bit integer.");
    }
    if (number < 1) {
      throw BatchErrors.invalidQueryParameterValue(
          name, text.get(), label + " cannot be less than 1");
    }
    if (number > most) {
      throw BatchErrors.invalidQueryParameterValue(
          name, text.get(), label + " cannot be greater than " + most);
    }
    return Optional.of(number);
  }

  private static void checkHeader(
      ApiRequest request, String name, java.util.function.Predicate<String> valid) {
    request
        .header(name)
        .filter(value -> !valid.test(value))
        .ifPresent(
            value -> {
              throw BatchErrors.invalidHeaderValue(name, value);
            });
  }

  private static boolean isBoolean(String value) {
    return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
  }
}
