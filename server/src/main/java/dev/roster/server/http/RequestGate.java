package dev.roster.server.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What has to happen to a request before routing sees it. */
@Singleton
class RequestGate {

  void register(@Observes Filters filters) {
    filters.register(this::prepare, FilterOrder.READABLE_URL);
  }

  private void prepare(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (Api.ofPath(request.uri()).isPresent()) {
      // None of these APIs negotiates: what it answers does not depend on what the caller accepts.
      request.headers().remove("Accept");
    }
    routing.next();
  }
}
