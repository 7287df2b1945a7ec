package dev.roster.server.http;

import dev.roster.server.error.ErrorDialects;
import dev.roster.server.error.RequestFailure;
import dev.roster.server.error.RequestFailure.Kind;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Applies an API's protocol to its requests and answers, in the order of {@link FilterOrder}. */
public class ProtocolFilters {

  @Inject RequestContext context;
  @Inject ApiProtocols protocols;
  @Inject ErrorDialects dialects;

  /** Checks who calls, and in which version. */
  @ServerRequestFilter(priority = FilterOrder.ADMISSION)
  public void admit() {
    protocols.of(context).ifPresent(protocol -> protocol.admit(context.request()));
  }

  /** Checks what the API's operations share. */
  @ServerRequestFilter(priority = FilterOrder.PARAMETERS)
  public void parameters() {
    protocols.of(context).ifPresent(protocol -> protocol.checkParameters(context.request()));
  }

  /** Checks the body before it is read, and bounds the reading. */
  @ServerRequestFilter(priority = FilterOrder.BODY)
  public Optional<Response> body(ContainerRequestContext request) {
    return protocols
        .of(context)
        .filter(protocol -> context.request().hasBody())
        .flatMap(protocol -> body(request, protocol))
        .map(failure -> dialects.write(failure, context));
  }

  private Optional<RequestFailure> body(ContainerRequestContext request, ApiProtocol protocol) {
    String contentType = context.request().header(HttpHeaders.CONTENT_TYPE).orElse("");
    if (!contentType.isEmpty() && !protocol.reads(contentType)) {
      return Optional.of(new RequestFailure(Kind.UNSUPPORTED_MEDIA_TYPE, "", contentType, ""));
    }
    if (context.request().contentLength() > protocol.maximumBodySize()) {
      return Optional.of(new RequestFailure(Kind.BODY_TOO_LARGE));
    }
    if (context.request().contentLength() < 0) {
      request.setEntityStream(
          new LimitedInputStream(request.getEntityStream(), protocol.maximumBodySize()));
    }
    return Optional.empty();
  }

  /** Leaves the answer to the deadline if that came first. */
  @ServerResponseFilter(priority = FilterOrder.CLAIM)
  public void claim(ContainerResponseContext response) {
    context
        .deadlineOfApi()
        .filter(deadline -> !deadline.claim(Deadline.Answerer.REQUEST))
        .ifPresent(
            deadline -> {
              deadline.awaitAnswer();
              // What is sent already stays; without an entity nothing more is written.
              response.setEntity(null);
            });
  }

  /** Adds what every answer of the API carries. */
  @ServerResponseFilter(priority = FilterOrder.RESPONSE_HEADERS)
  public void responseHeaders(ContainerResponseContext response) {
    protocols
        .of(context)
        .ifPresent(
            protocol -> protocol.addResponseHeaders(context.request(), response.getHeaders()));
  }
}
