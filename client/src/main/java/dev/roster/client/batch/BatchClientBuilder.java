package dev.roster.client.batch;

import dev.roster.client.http.Authorizer;
import dev.roster.client.http.HttpDates;
import dev.roster.client.http.HttpSettings;
import dev.roster.client.http.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Describes a {@link BatchClient}.
 *
 * <p>Needed are an endpoint and either {@link #sharedKey} or {@link #bearer}; the last call of each
 * setting counts. Builders are not safe for use by many threads.
 */
public final class BatchClientBuilder {

  private static final String DEFAULT_API_VERSION = "2023-11-01.18.0";

  private final HttpSettings settings = new HttpSettings();
  private Authorizer authorizer;
  private String apiVersion = DEFAULT_API_VERSION;
  private Integer serverTimeoutSeconds;
  private Clock clock = Clock.systemUTC();

  BatchClientBuilder() {}

  /**
   * Sets the base URL of the service.
   *
   * @param endpoint such as {@code http://localhost:8080}, with or without a base path, or {@code
   *     https://account.region.batch.azure.com}
   * @return this builder
   * @throws IllegalArgumentException if it is not an http or https URL with a host, or has a user,
   *     a query or a fragment
   */
  public BatchClientBuilder endpoint(URI endpoint) {
    settings.endpoint(endpoint, "https://account.region.batch.azure.com");
    return this;
  }

  /**
   * Sets the base URL of the service from text.
   *
   * @param endpoint as for {@link #endpoint(URI)}
   * @return this builder
   * @throws IllegalArgumentException as for {@link #endpoint(URI)}
   */
  public BatchClientBuilder endpoint(String endpoint) {
    return endpoint(URI.create(endpoint));
  }

  /**
   * Signs requests with a key of the account.
   *
   * @param account name of the Batch account
   * @param base64Key the account's key, base64 as the portal shows it
   * @return this builder
   * @throws IllegalArgumentException if the key is not base64 or the name cannot stand in a header;
   *     the message never holds the key
   */
  public BatchClientBuilder sharedKey(String account, String base64Key) {
    this.authorizer = new SharedKeySigner(account, base64Key)::authorization;
    return this;
  }

  /**
   * Sends bearer tokens.
   *
   * <p>The real service wants a Microsoft Entra token for the audience {@code
   * https://batch.core.windows.net/}, slash included. Tokens travel readable over http; use that on
   * your own machine only.
   *
   * @param token asked before every request, maybe by several threads at once; caching and renewal
   *     are its business. An empty token fails the call with {@link IllegalStateException}
   * @return this builder
   */
  public BatchClientBuilder bearer(Supplier<String> token) {
    this.authorizer = Authorizer.bearer(token);
    return this;
  }

  /**
   * Sets the version of the API to speak; 2023-11-01.18.0 when not set.
   *
   * @param apiVersion such as {@code 2024-07-01.20.0}
   * @return this builder
   */
  public BatchClientBuilder apiVersion(String apiVersion) {
    this.apiVersion = Objects.requireNonNull(apiVersion, "apiVersion");
    return this;
  }

  /**
   * Sets how long a connection may take to open; 10 seconds when not set.
   *
   * @param connectTimeout more than zero
   * @return this builder
   */
  public BatchClientBuilder connectTimeout(Duration connectTimeout) {
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
  public BatchClientBuilder requestTimeout(Duration requestTimeout) {
    settings.requestTimeout(requestTimeout);
    return this;
  }

  /**
   * Sets how long the service may work on a request, the query parameter {@code timeout}.
   *
   * <p>The service takes 30 seconds when it is not set, and no more than 30.
   *
   * @param serverTimeout sent in whole seconds, a fraction rounded up
   * @return this builder
   */
  public BatchClientBuilder serverTimeout(Duration serverTimeout) {
    this.serverTimeoutSeconds = Math.toIntExact(serverTimeout.plusNanos(999_999_999).toSeconds());
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
   * @throws IllegalArgumentException if it follows redirects, which would hand the credentials on
   */
  public BatchClientBuilder httpClient(HttpClient httpClient) {
    settings.httpClient(httpClient);
    return this;
  }

  /**
   * Sets whom to trust over https; the Java platform's certificates when not set.
   *
   * @param sslContext for example one that trusts a self-signed certificate
   * @return this builder
   */
  public BatchClientBuilder sslContext(SSLContext sslContext) {
    settings.sslContext(sslContext);
    return this;
  }

  /**
   * Sets where {@code ocp-date} comes from; the system's clock when not set.
   *
   * @param clock within 15 minutes of the service's clock
   * @return this builder
   */
  public BatchClientBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Makes the client; no request is sent.
   *
   * @return a client that later changes of this builder do not touch
   * @throws IllegalStateException if the endpoint or the credentials are missing, or if settings
   *     exclude each other
   */
  public BatchClient build() {
    URI endpoint = settings.endpoint();
    if (authorizer == null) {
      throw new IllegalStateException(
          "The credentials are missing: call sharedKey(...) or bearer(...)");
    }
    Clock now = clock;
    Transport transport =
        settings.toTransport(
            authorizer,
            request -> request.setHeader("ocp-date", HttpDates.format(now.instant())),
            BatchClient.FAILURES);
    return new BatchClient(endpoint, apiVersion, serverTimeoutSeconds, transport);
  }
}
