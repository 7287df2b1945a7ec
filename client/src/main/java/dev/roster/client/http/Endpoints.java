package dev.roster.client.http;

import java.net.URI;

/** What may be an endpoint, and what belongs to one. */
final class Endpoints {

  private Endpoints() {}

  /**
   * Refuses what cannot be called and drops slashes at the end.
   *
   * @param endpoint http or https URL with a host, maybe with a base path
   * @param example an endpoint of the real service, for the message
   * @return the endpoint without slashes at its end
   * @throws IllegalArgumentException if it is another kind of URL, or has a user, a query or a
   *     fragment
   */
  static URI checked(URI endpoint, String example) {
    boolean web =
        "http".equalsIgnoreCase(endpoint.getScheme())
            || "https".equalsIgnoreCase(endpoint.getScheme());
    if (!web
        || endpoint.getHost() == null
        || endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null) {
      // Not quoted: what stands before an @ may be a password.
      throw new IllegalArgumentException(
          "The endpoint has to look like "
              + example
              + " or http://localhost:8080/base, without user, query and fragment");
    }
    String text = endpoint.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return URI.create(text);
  }

  /** Whether both have the same scheme, host and port; no port is the scheme's default one. */
  static boolean sameServer(URI one, URI other) {
    return one.getScheme() != null
        && one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost() != null
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
