package dev.roster.client.http;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Decides which links between pages may be followed.
 *
 * <p>A link to another server would hand it the credentials.
 */
public final class PageLinks {

  private final URI endpoint;
  private final String member;
  private final Failures failures;

  /**
   * Takes where links may lead.
   *
   * @param endpoint whose scheme, host and port a link has to have
   * @param member name of the member that holds links, for messages
   * @param failures makes the exceptions
   */
  public PageLinks(URI endpoint, String member, Failures failures) {
    this.endpoint = endpoint;
    this.member = member;
    this.failures = failures;
  }

  /**
   * Checks a link.
   *
   * @param link the link as the service gave it
   * @return the same link
   * @throws dev.roster.client.TransportException if it is no URL or leads to another server
   */
  public URI checked(String link) {
    URI uri;
    try {
      uri = new URI(link);
    } catch (URISyntaxException e) {
      throw failures.broken(member + " is no URL: " + link, e);
    }
    if (!Endpoints.sameServer(uri, endpoint)) {
      throw failures.broken(member + " leads away from " + endpoint + ": " + link, null);
    }
    return uri;
  }
}
