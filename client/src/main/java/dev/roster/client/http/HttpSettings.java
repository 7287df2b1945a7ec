package dev.roster.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** The settings of a connection that the builders of all clients offer, with their checks. */
public final class HttpSettings {

  private URI endpoint;
  private Duration connectTimeout;
  private Duration requestTimeout = Duration.ofSeconds(60);
  private HttpClient httpClient;
  private SSLContext sslContext;

  /**
   * Sets the base URL.
   *
   * @param endpoint http or https URL with a host, maybe with a base path; slashes at its end are
   *     dropped
   * @param example an endpoint of the real service, for the message
   * @throws IllegalArgumentException if it is another kind of URL, or has a user, a query or a
   *     fragment
   */
  public void endpoint(URI endpoint, String example) {
    this.endpoint = Endpoints.checked(endpoint, example);
  }

  /**
   * Sets how long a connection may take to open; 10 seconds when not set.
   *
   * @param timeout more than zero
   */
  public void connectTimeout(Duration timeout) {
    this.connectTimeout = positive(timeout);
  }

  /**
   * Sets how long a call may take; 60 seconds when not set.
   *
   * @param timeout more than zero
   */
  public void requestTimeout(Duration timeout) {
    this.requestTimeout = positive(timeout);
  }

  /**
   * Sets the HTTP client to send through.
   *
   * @param client one that follows no redirects
   * @throws IllegalArgumentException if it follows redirects
   */
  public void httpClient(HttpClient client) {
    Objects.requireNonNull(client, "httpClient");
    // Java's client takes Authorization along, even to another server.
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "The HTTP client must not follow redirects: they would hand the credentials on");
    }
    this.httpClient = client;
  }

  /**
   * Sets whom to trust over https.
   *
   * @param context the context of a new HTTP client
   */
  public void sslContext(SSLContext context) {
    this.sslContext = Objects.requireNonNull(context, "sslContext");
  }

  /**
   * Tells the base URL.
   *
   * @return the endpoint without slashes at its end
   * @throws IllegalStateException if it was not set
   */
  public URI endpoint() {
    if (endpoint == null) {
      throw new IllegalStateException("The endpoint is missing: call endpoint(...)");
    }
    return endpoint;
  }

  /**
   * Makes what sends the requests of a client, which later changes of these settings do not reach.
   *
   * @param authorizer makes Authorization
   * @param stamp adds the headers that need the moment of sending, before Authorization is made
   * @param failures makes the exceptions for requests without an answer
   * @return a transport that follows no redirects
   * @throws IllegalStateException if settings exclude each other
   */
  public Transport toTransport(
      Authorizer authorizer, Consumer<HttpRequest.Builder> stamp, Failures failures) {
    return new Transport(toHttpClient(), authorizer, stamp, requestTimeout, failures);
  }

  private HttpClient toHttpClient() {
    if (httpClient == null) {
      return newHttpClient();
    }
    if (sslContext != null || connectTimeout != null) {
      throw new IllegalStateException(
          "httpClient(...) brings its own SSL context and connect time-out: set them there");
    }
    return httpClient;
  }

  private HttpClient newHttpClient() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout != null ? connectTimeout : Duration.ofSeconds(10));
    if (sslContext != null) {
      builder.sslContext(sslContext);
    }
    return builder.build();
  }

  private static Duration positive(Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("A time-out has to be more than zero, not " + duration);
    }
    return duration;
  }
}
