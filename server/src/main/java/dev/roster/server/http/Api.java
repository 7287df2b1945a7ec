package dev.roster.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The emulated APIs, each with the path roots that are its own on the main ports.
 *
 * <p>A path root is the first segment of a path. The vendors' paths carry no prefix, because their
 * SDKs call them as they are.
 */
public enum Api {
  /**
   * Azure Batch. The roots of the resources that are not emulated belong to it as well, so that a
   * caller who asks for them gets the vendor's error.
   */
  AZURE_BATCH(
      "pools",
      "jobs",
      "jobschedules",
      "certificates",
      "applications",
      "supportedimages",
      "nodecounts",
      "poolusagemetrics",
      "lifetimepoolstats",
      "lifetimejobstats"),

  /**
   * Azure API Management, as Azure Resource Manager fronts it; keywords of a path have any case.
   */
  AZURE_API_MANAGEMENT(true, "subscriptions"),

  /** HPE Nimble Storage. */
  NIMBLE("v1", "versions"),

  /** Windows Azure Pack; keywords of a path have any case. */
  AZURE_PACK(true, "users", "invalidusertokens");

  private final Set<String> pathRoots;
  private final boolean ignoresCase;

  Api(String... pathRoots) {
    this(false, pathRoots);
  }

  Api(boolean ignoresCase, String... pathRoots) {
    this.ignoresCase = ignoresCase;
    this.pathRoots = Set.of(pathRoots);
  }

  /** Tells whose path this is; empty for what is Roster's own or nobody's. */
  public static Optional<Api> ofPath(String path) {
    int start = path.startsWith("/") ? 1 : 0;
    int end = start;
    while (end < path.length() && "/?;".indexOf(path.charAt(end)) < 0) {
      end++;
    }
    String root = path.substring(start, end);
    for (Api api : values()) {
      if (api.pathRoots.contains(api.ignoresCase ? root.toLowerCase(Locale.ROOT) : root)) {
        return Optional.of(api);
      }
    }
    return Optional.empty();
  }
}
