package dev.roster.server.azurepack;

import dev.roster.server.azurepack.api.InvalidUserTokensApi;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Tokens that are no longer taken, over HTTP. */
public class InvalidTokenResource implements InvalidUserTokensApi {

  private final InvalidTokenService invalidTokens;
  private final InputReader reader;
  private final RequestContext context;

  @Inject
  InvalidTokenResource(
      InvalidTokenService invalidTokens, InputReader reader, RequestContext context) {
    this.invalidTokens = invalidTokens;
    this.reader = reader;
    this.context = context;
  }

  @Override
  public RestResponse<Void> invalidUserTokensCreate(Payload body) {
    invalidTokens.invalidate(reader.invalidToken(context.request(), body));
    return Negotiation.empty(Status.OK, context.request());
  }
}
