package dev.roster.server.nimble;

import dev.roster.server.http.Api;
import dev.roster.server.http.ApiProtocol;
import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** What all operations of the array demand of a request. */
@Singleton
class NimbleProtocol implements ApiProtocol {

  private static final long MEBIBYTE = 1024L * 1024L;

  private static final Pattern DETAIL = Pattern.compile("/+v1/+(users|tokens)/+detail/*");
  private static final Set<String> LIST_METHODS = Set.of(HttpMethod.GET, HttpMethod.POST);

  private final NimbleAuthenticator authenticator;
  private final RequestContext context;

  @Inject
  NimbleProtocol(NimbleAuthenticator authenticator, RequestContext context) {
    this.authenticator = authenticator;
    this.context = context;
  }

  @Override
  public Api api() {
    return Api.NIMBLE;
  }

  @Override
  public void admit(ApiRequest request) {
    // JAX-RS would answer HEAD as a GET, and take detail for an id where only ids have the verb.
    boolean detail =
        DETAIL.matcher(context.routedPath()).matches() && !LIST_METHODS.contains(request.method());
    if (detail || request.method().equals(HttpMethod.HEAD)) {
      throw NimbleErrors.noMethod(request.method());
    }
    authenticator.authenticate(request);
  }

  @Override
  public void checkParameters(ApiRequest request) {
    // Which parameters there are depends on the object set; see ObjectQueries.
  }

  /** Clients send JSON under a form's type, under others, and under none. */
  @Override
  public String routedContentType(String contentType) {
    return MediaType.APPLICATION_JSON;
  }

  @Override
  public long maximumBodySize() {
    return MEBIBYTE;
  }

  @Override
  public void addResponseHeaders(ApiRequest request, MultivaluedMap<String, Object> headers) {
    // No client needs one, and no source shows one.
  }
}
