package dev.roster.server.nimble;

import dev.roster.server.http.Api;
import dev.roster.server.http.ApiProtocol;
import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** What all operations of the array demand of a request. */
@Singleton
class NimbleProtocol implements ApiProtocol {

  private static final long MEBIBYTE = 1024L * 1024L;

  private final NimbleAuthenticator authenticator;

  @Inject
  NimbleProtocol(NimbleAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public Api api() {
    return Api.NIMBLE;
  }

  @Override
  public void admit(ApiRequest request) {
    if (request.method().equals(HttpMethod.HEAD)) {
      // JAX-RS would answer it as a GET.
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
