package dev.roster.server.error;

import dev.roster.server.http.Api;
import dev.roster.server.http.RequestContext;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses whose error an error is, by the path of the request. */
@ApplicationScoped
public class ErrorDialects {

  private final Map<Api, ErrorDialect> dialects = new EnumMap<>(Api.class);
  private final RosterErrorDialect own;

  @Inject
  ErrorDialects(@All List<ErrorDialect> dialects, RosterErrorDialect own) {
    dialects.forEach(dialect -> this.dialects.put(dialect.api(), dialect));
    this.own = own;
  }

  /** Writes what the framework refused as the API's own error. */
  public Response write(RequestFailure failure, RequestContext context) {
    return dialect(context)
        .map(dialect -> write(dialect, dialect.translate(failure, context), context))
        .orElseGet(() -> own.write(failure));
  }

  /** Writes a documented error. */
  public Response write(ApiError error, RequestContext context) {
    return dialect(context)
        .map(dialect -> write(dialect, error, context))
        .orElseGet(() -> own.write(error));
  }

  private static Response write(ErrorDialect dialect, ApiError raised, RequestContext context) {
    ApiError error =
        AbsentOperations.explain(
            dialect.api(), context.request().method(), context.routedPath(), raised);
    Response response = dialect.write(error, context);
    error.headers().forEach((name, value) -> response.getHeaders().putSingle(name, value));
    return response;
  }

  private Optional<ErrorDialect> dialect(RequestContext context) {
    return context.api().map(dialects::get);
  }
}
