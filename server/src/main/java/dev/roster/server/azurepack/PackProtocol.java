package dev.roster.server.azurepack;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;

/** What all operations of Azure Pack demand of a request. */
@Singleton
class PackProtocol implements ApiProtocol {

  private static final long MEBIBYTE = 1024L * 1024L;
  private static final String PRINCIPAL_ID = "x-ms-principal-id";

  private final PackAuthenticator authenticator;
  private final PackPaths paths;
  private final Choices choices;
  private final RequestContext context;
  private final Clock clock;

  @Inject
  PackProtocol(
      PackAuthenticator authenticator,
      PackPaths paths,
      Choices choices,
      RequestContext context,
      Clock clock) {
    this.authenticator = authenticator;
    this.paths = paths;
    this.choices = choices;
    this.context = context;
    this.clock = clock;
  }

  @Override
  public Api api() {
    return Api.AZURE_PACK;
  }

  @Override
  public void admit(ApiRequest request) {
    if (request.method().equals(HttpMethod.HEAD)) {
      // JAX-RS would answer it as a GET.
      throw PackErrors.methodNotAllowed(request.method(), paths.allowed(context.routedPath()));
    }
    authenticator.authenticate(request);
    if (!paths.isThere(request.method(), context.routedPath())) {
      throw PackErrors.pathNotFound();
    }
  }

  @Override
  public String routedPath(String path) {
    return paths.canonical(path);
  }

  @Override
  public String routedContentType(String contentType) {
    return Format.of(contentType)
        .map(
            format ->
                format == Format.JSON ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_XML)
        .orElse(contentType);
  }

  @Override
  public boolean reads(String contentType) {
    return Format.of(contentType).isPresent();
  }

  @Override
  public void checkParameters(ApiRequest request) {
    if (choices.is("pack.common.principal-id", "required")
        && request.header(PRINCIPAL_ID).orElse("").isBlank()) {
      throw PackErrors.invalidInput("The header x-ms-principal-id is missing.");
    }
  }

  @Override
  public long maximumBodySize() {
    return MEBIBYTE;
  }

  @Override
  public void addResponseHeaders(ApiRequest request, MultivaluedMap<String, Object> headers) {
    // The pages name none but HTTP's own, of which only this one is left to the application.
    headers.putSingle(HttpHeaders.DATE, HttpDate.format(clock.instant()));
  }
}
