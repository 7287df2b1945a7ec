package dev.roster.server.apimanagement;

import dev.roster.server.config.Choices;
import dev.roster.server.http.Api;
import dev.roster.server.http.ApiProtocol;
import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.HttpDate;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** What all API Management operations demand of a request and put on an answer. */
@Singleton
class ApiManagementProtocol implements ApiProtocol {

  /** The media type of every body that the service sends. */
  static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private static final long MEBIBYTE = 1024L * 1024L;

  private static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";
  private static final String RETURN_CLIENT_REQUEST_ID = "x-ms-return-client-request-id";
  private static final String CORRELATION_REQUEST_ID = "x-ms-correlation-request-id";

  /** In place of the region that the real service names. */
  private static final String REGION = "ROSTER";

  /** What may come back to a caller in a header. */
  private static final Pattern ECHOABLE = Pattern.compile("[!-~]{1,128}");

  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ApiManagementAuthenticator authenticator;
  private final ArmFrontDoor frontDoor;
  private final ArmPaths paths;
  private final ParameterRules parameterRules;
  private final CurrentService current;
  private final RateLimits rateLimits;
  private final Choices choices;
  private final Clock clock;
  private final RequestContext context;

  @Inject
  ApiManagementProtocol(
      ApiManagementAuthenticator authenticator,
      ArmFrontDoor frontDoor,
      ArmPaths paths,
      ParameterRules parameterRules,
      CurrentService current,
      RateLimits rateLimits,
      Choices choices,
      Clock clock,
      RequestContext context) {
    this.authenticator = authenticator;
    this.frontDoor = frontDoor;
    this.paths = paths;
    this.parameterRules = parameterRules;
    this.current = current;
    this.rateLimits = rateLimits;
    this.choices = choices;
    this.clock = clock;
    this.context = context;
  }

  @Override
  public Api api() {
    return Api.AZURE_API_MANAGEMENT;
  }

  @Override
  public void admit(ApiRequest request) {
    authenticator.authenticate(request);
    frontDoor.admit(request);
  }

  @Override
  public boolean admitsBeforeRouting() {
    return true;
  }

  @Override
  public String routedPath(String path) {
    return paths.canonical(path);
  }

  @Override
  public void checkParameters(ApiRequest request) {
    parameterRules.check(request, ArmPath.parse(request.rawPath()));
    boolean needsIfMatch =
        request.method().equals(HttpMethod.PATCH)
            && choices.is("apim.update-user.missing-if-match", "refuse");
    if (needsIfMatch && request.header(HttpHeaders.IF_MATCH).orElse("").isBlank()) {
      throw Preconditions.missing();
    }
  }

  @Override
  public long maximumBodySize() {
    return MEBIBYTE;
  }

  @Override
  public void addResponseHeaders(ApiRequest request, MultivaluedMap<String, Object> headers) {
    String id = context.requestId().toString();
    String correlation =
        request
            .header(CORRELATION_REQUEST_ID)
            .filter(sent -> ECHOABLE.matcher(sent).matches())
            .orElse(id);
    headers.putSingle("x-ms-request-id", id);
    headers.putSingle(CORRELATION_REQUEST_ID, correlation);
    headers.putSingle(
        "x-ms-routing-request-id",
        REGION + ":" + COMPACT.format(clock.instant()) + ":" + correlation);
    headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
    headers.putSingle("Pragma", "no-cache");
    headers.putSingle(HttpHeaders.EXPIRES, "-1");
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putSingle(HttpHeaders.DATE, HttpDate.format(clock.instant()));
    if (request.header(RETURN_CLIENT_REQUEST_ID).filter(Boolean::parseBoolean).isPresent()) {
      request
          .header(CLIENT_REQUEST_ID)
          .filter(sent -> ECHOABLE.matcher(sent).matches())
          .ifPresent(sent -> headers.putSingle(CLIENT_REQUEST_ID, sent));
    }
    current
        .find()
        .ifPresent(
            service -> {
              RateLimits.Kind kind = RateLimits.Kind.of(request.method());
              headers.putSingle(kind.header(), Long.toString(rateLimits.countDown(service, kind)));
            });
  }
}
