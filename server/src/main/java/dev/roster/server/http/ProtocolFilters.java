package dev.roster.server.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Applies an API's protocol to its requests and answers, in the order of {@link FilterOrder}. */
public class ProtocolFilters {

  @Inject RequestContext context;
  @Inject ApiProtocols protocols;

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
  public void body(ContainerRequestContext request) {
    protocols
        .of(context)
        .filter(protocol -> context.request().hasBody())
        .ifPresent(
            protocol -> {
              protocol.checkBody(context.request());
              if (context.request().contentLength() < 0) {
                request.setEntityStream(
                    new LimitedInputStream(request.getEntityStream(), protocol.maximumBodySize()));
              }
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
