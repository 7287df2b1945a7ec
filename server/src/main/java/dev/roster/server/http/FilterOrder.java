package dev.roster.server.http;

/**
 * The life of a request, in the order in which its steps run.
 *
 * <ol>
 *   <li>{@link #READABLE_URL}: a URL that cannot be decoded is refused before anything matches it.
 *   <li>Routing: an unknown path or a wrong verb ends here.
 *   <li>{@link #ADMISSION}: who calls, and in which version; some APIs ask this before routing.
 *   <li>{@link #PARAMETERS}: the parameters and headers that all operations of the API share.
 *   <li>{@link #BODY}: the size and the media type of the body.
 *   <li>JAX-RS converts the operation's own parameters and the body; the resource calls the
 *       service.
 *   <li>{@link #RESPONSE_HEADERS}: what every answer of the API carries, errors included.
 *   <li>{@link #CLAIM}: nothing more is written if the request's {@link Deadline} has answered.
 * </ol>
 *
 * <p>Whatever fails on the way becomes the API's own error in {@code ExceptionMappers}.
 */
public final class FilterOrder {

  /** Among the HTTP server's own filters, where higher runs earlier. */
  public static final int READABLE_URL = 100_000;

  /** Who calls, and in which version. */
  public static final int ADMISSION = 1000;

  /** What all operations of the API share. */
  public static final int PARAMETERS = 2000;

  /** Size and media type of the body. */
  public static final int BODY = 3000;

  /** What every answer of the API carries. */
  public static final int RESPONSE_HEADERS = 4000;

  /** Whether the request's own answer is the first; response filters with low numbers run last. */
  public static final int CLAIM = 100;

  private FilterOrder() {}
}
