package dev.roster.server.error;

import dev.roster.server.error.RequestFailure.Kind;
import dev.roster.server.http.ApiProtocol;
import dev.roster.server.http.ApiProtocols;
import dev.roster.server.http.RequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Answers what routing refuses before any filter has run: first with what the API would have asked
 * before, then with the refusal itself.
 */
@ApplicationScoped
public class RoutingRefusals {

  private final ErrorDialects dialects;
  private final ApiProtocols protocols;
  private final RequestContext context;

  @Inject
  RoutingRefusals(ErrorDialects dialects, ApiProtocols protocols, RequestContext context) {
    this.dialects = dialects;
    this.protocols = protocols;
    this.context = context;
  }

  /** Whether {@link #answer} may have to wait for the database. */
  public boolean asksFirst(RequestFailure failure) {
    return protocol(failure).isPresent();
  }

  /** The answer of the API that the path belongs to. */
  public Response answer(RequestFailure failure) {
    try {
      protocol(failure).ifPresent(protocol -> ask(protocol, failure.kind()));
    } catch (ApiException earlier) {
      return dialects.write(earlier.error(), context);
    }
    return dialects.write(failure, context);
  }

  private Optional<ApiProtocol> protocol(RequestFailure failure) {
    return protocols.of(context).filter(protocol -> comesAfterAdmission(protocol, failure.kind()));
  }

  private static boolean comesAfterAdmission(ApiProtocol protocol, Kind kind) {
    return switch (kind) {
      case UNKNOWN_PATH, WRONG_METHOD -> protocol.admitsBeforeRouting();
      case UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE -> true;
      default -> false;
    };
  }

  private void ask(ApiProtocol protocol, Kind kind) {
    protocol.admit(context.request());
    if (kind == Kind.UNSUPPORTED_MEDIA_TYPE || kind == Kind.NOT_ACCEPTABLE) {
      protocol.checkParameters(context.request());
    }
  }
}
