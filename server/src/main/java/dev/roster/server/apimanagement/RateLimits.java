package dev.roster.server.apimanagement;

import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts down what ARM lets a subscription still do; nothing happens at zero.
 *
 * <p>The counters are this process's own and begin anew with it.
 */
@Singleton
class RateLimits {

  /** What is counted. */
  enum Kind {
    /** GET and HEAD. */
    READS(11_999),
    /** PUT, PATCH and POST. */
    WRITES(1_199),
    /** DELETE. */
    DELETES(14_999);

    private final long first;

    Kind(long first) {
      this.first = first;
    }

    /** The kind that a verb belongs to. */
    static Kind of(String verb) {
      return switch (verb) {
        case HttpMethod.GET, HttpMethod.HEAD -> READS;
        case HttpMethod.DELETE -> DELETES;
        default -> WRITES;
      };
    }

    /** The header that tells the counter. */
    String header() {
      return "x-ms-ratelimit-remaining-subscription-" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private record Counter(String space, String subscriptionId, Kind kind) {}

  private final Map<Counter, AtomicLong> counters = new ConcurrentHashMap<>();
  private final RequestContext context;

  @Inject
  RateLimits(RequestContext context) {
    this.context = context;
  }

  /** What remains after this request. */
  long countDown(ServiceInstance service, Kind kind) {
    return counters
        .computeIfAbsent(
            new Counter(context.space(), service.subscriptionId(), kind),
            counter -> new AtomicLong(kind.first))
        .getAndUpdate(left -> Math.max(0, left - 1));
  }
}
