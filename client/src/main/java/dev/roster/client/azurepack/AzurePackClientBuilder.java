package dev.roster.client.azurepack;

import dev.roster.client.http.Authorizer;
import dev.roster.client.http.HttpSettings;
import dev.roster.client.http.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Describes an {@link AzurePackClient}.
 *
 * <p>Needed are an endpoint and {@link #bearer}; the last call of each setting counts. Builders are
 * not safe for use by many threads.
 */
public final class AzurePackClientBuilder {

  private final HttpSettings settings = new HttpSettings();
  private Authorizer authorizer;
  private String principalId;

  AzurePackClientBuilder() {}

  /**
   * Sets the base URL of an interface of the service, or of Roster.
   *
   * @param endpoint such as {@code https://host.example:30004} for the administrator interface,
   *     {@code https://host.example:30005} for the tenant interface, which has no list of users, or
   *     {@code http://localhost:8080}, with or without a base path
   * @return this builder
   * @throws IllegalArgumentException if it is not an http or https URL with a host, or has a user,
   *     a query or a fragment
   */
  public AzurePackClientBuilder endpoint(URI endpoint) {
    settings.endpoint(endpoint, "https://host.example:30004");
    return this;
  }

  /**
   * Sets the base URL from text.
   *
   * @param endpoint as for {@link #endpoint(URI)}
   * @return this builder
   * @throws IllegalArgumentException as for {@link #endpoint(URI)}
   */
  public AzurePackClientBuilder endpoint(String endpoint) {
    return endpoint(URI.create(endpoint));
  }

  /**
   * Sends bearer tokens.
   *
   * <p>The real service wants a JWT of the authentication site that the interface trusts, for the
   * audience {@code http://azureservices/AdminSite} or {@code http://azureservices/TenantSite}.
   * Tokens travel readable over http; use that on your own machine only.
   *
   * @param token asked before every request, maybe by several threads at once; caching and renewal
   *     are its business. An empty token fails the call with {@link IllegalStateException}
   * @return this builder
   */
  public AzurePackClientBuilder bearer(Supplier<String> token) {
    this.authorizer = Authorizer.bearer(token);
    return this;
  }

  /**
   * Sets the principal that the client acts for; nobody when not set.
   *
   * @param principalId sent as {@code x-ms-principal-id} and as {@code x-ms-principal-liveid}, such
   *     as {@code HOST\Administrator} or the name of a user
   * @return this builder
   * @throws IllegalArgumentException if it is blank, has a blank at an end or holds anything but
   *     printable ASCII characters, as a header cannot carry those
   */
  public AzurePackClientBuilder principalId(String principalId) {
    if (principalId.isEmpty()
        || !principalId.equals(principalId.strip())
        || !principalId.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "A header cannot carry the principal id '" + principalId + "'");
    }
    this.principalId = principalId;
    return this;
  }

  /**
   * Sets how long a connection may take to open; 10 seconds when not set.
   *
   * @param connectTimeout more than zero
   * @return this builder
   */
  public AzurePackClientBuilder connectTimeout(Duration connectTimeout) {
    settings.connectTimeout(connectTimeout);
    return this;
  }

  /**
   * Sets how long a call may take on this side, from connecting to the last byte; 60 seconds when
   * not set.
   *
   * @param requestTimeout more than zero
   * @return this builder
   */
  public AzurePackClientBuilder requestTimeout(Duration requestTimeout) {
    settings.requestTimeout(requestTimeout);
    return this;
  }

  /**
   * Sends through a given HTTP client, for proxies and the like.
   *
   * <p>Excludes {@link #sslContext} and {@link #connectTimeout}, which are settings of that client.
   * Requests use HTTP/1.1 whatever it prefers.
   *
   * @param httpClient used as it is and never closed
   * @return this builder
   * @throws IllegalArgumentException if it follows redirects, which would hand the token on
   */
  public AzurePackClientBuilder httpClient(HttpClient httpClient) {
    settings.httpClient(httpClient);
    return this;
  }

  /**
   * Sets whom to trust over https; the Java platform's certificates when not set.
   *
   * @param sslContext for example one that trusts the self-signed certificate that the service is
   *     installed with
   * @return this builder
   */
  public AzurePackClientBuilder sslContext(SSLContext sslContext) {
    settings.sslContext(sslContext);
    return this;
  }

  /**
   * Makes the client; no request is sent.
   *
   * @return a client that later changes of this builder do not touch
   * @throws IllegalStateException if something is missing, or if settings exclude each other
   */
  public AzurePackClient build() {
    URI endpoint = settings.endpoint();
    if (authorizer == null) {
      throw new IllegalStateException("The credentials are missing: call bearer(...)");
    }
    String principal = principalId;
    Transport transport =
        settings.toTransport(authorizer, request -> stamp(request, principal), Calls.FAILURES);
    return new AzurePackClient(endpoint, transport);
  }

  private static void stamp(HttpRequest.Builder request, String principal) {
    // The generated operations ask for XML, too, which they could not read.
    request.setHeader("Accept", "application/json");
    if (principal != null) {
      request.setHeader("x-ms-principal-id", principal);
      request.setHeader("x-ms-principal-liveid", principal);
    }
  }
}
