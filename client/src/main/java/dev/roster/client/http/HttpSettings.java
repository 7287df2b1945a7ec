package dev.roster.client.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/** The settings of a connection that the builders of all clients offer, with their checks. */
public final class HttpSettings {

  private Duration connectTimeout;
  private Duration requestTimeout = Duration.ofSeconds(60);
  private HttpClient httpClient;
  private SSLContext sslContext;

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
   * Tells how long a call may take.
   *
   * @return more than zero
   */
  public Duration requestTimeout() {
    return requestTimeout;
  }

  /**
   * Makes the HTTP client, or returns the given one.
   *
   * @return a client that follows no redirects
   * @throws IllegalStateException if settings exclude each other
   */
  public HttpClient toHttpClient() {
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
