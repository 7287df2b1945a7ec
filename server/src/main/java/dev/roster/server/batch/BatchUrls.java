package dev.roster.server.batch;

import dev.roster.server.http.RequestContext;
import dev.roster.server.http.UrlSegments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The URLs of entities, on the scheme and host that the caller used. */
@Singleton
class BatchUrls {

  private final RequestContext context;

  @Inject
  BatchUrls(RequestContext context) {
    this.context = context;
  }

  String pool(String poolId) {
    return origin() + "/pools/" + UrlSegments.encode(poolId);
  }

  String node(String poolId, String nodeId) {
    return pool(poolId) + "/nodes/" + UrlSegments.encode(nodeId);
  }

  String user(String poolId, String nodeId, String name) {
    return node(poolId, nodeId) + "/users/" + UrlSegments.encode(name);
  }

  /** The {@code odata.metadata} of an answer, such as {@code .../$metadata#nodes}. */
  String metadata(String fragment) {
    return origin() + "/$metadata#" + fragment;
  }

  /** The URL of the request itself, without its query. */
  String current() {
    return origin() + context.request().rawPath();
  }

  private String origin() {
    return context.request().origin();
  }
}
