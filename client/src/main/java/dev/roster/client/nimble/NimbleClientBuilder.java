package dev.roster.client.nimble;

import dev.roster.client.http.Authorizer;
import dev.roster.client.http.HttpSettings;
import dev.roster.client.http.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Describes a {@link NimbleClient}.
 *
 * <p>Needed are an endpoint, {@link #username} and a password; the last call of each setting
 * counts. Builders are not safe for use by many threads.
 */
public final class NimbleClientBuilder {

  private final HttpSettings settings = new HttpSettings();
  private String username;
  private Supplier<String> password;
  private String applicationName = "roster-client";

  NimbleClientBuilder() {}

  /**
   * Sets the base URL of the array, or of Roster.
   *
   * @param endpoint such as {@code https://array.example:5392} or {@code http://localhost:8080},
   *     without {@code /v1}; maybe with a base path
   * @return this builder
   * @throws IllegalArgumentException if it is not an http or https URL with a host, or has a user,
   *     a query or a fragment
   */
  public NimbleClientBuilder endpoint(URI endpoint) {
    settings.endpoint(endpoint, "https://array.example:5392");
    return this;
  }

  /**
   * Sets the base URL from text.
   *
   * @param endpoint as for {@link #endpoint(URI)}
   * @return this builder
   * @throws IllegalArgumentException as for {@link #endpoint(URI)}
   */
  public NimbleClientBuilder endpoint(String endpoint) {
    return endpoint(URI.create(endpoint));
  }

  /**
   * Sets who logs in.
   *
   * @param username name of a user of the array, 1 to 104 printable ASCII characters
   * @return this builder
   */
  public NimbleClientBuilder username(String username) {
    this.username = Objects.requireNonNull(username, "username");
    return this;
  }

  /**
   * Sets the password to log in with.
   *
   * <p>It travels readable over http; use that on your own machine only.
   *
   * @param password the present password of the user, up to 255 characters
   * @return this builder
   */
  public NimbleClientBuilder password(String password) {
    Objects.requireNonNull(password, "password");
    return password(() -> password);
  }

  /**
   * Sets where the password comes from, for one that changes while the client is in use.
   *
   * @param password asked before every log-in, by one thread at a time. Null fails the call with
   *     {@link IllegalStateException}
   * @return this builder
   */
  public NimbleClientBuilder password(Supplier<String> password) {
    this.password = Objects.requireNonNull(password, "password");
    return this;
  }

  /**
   * Sets what the client calls itself in the list of sessions; {@code roster-client} when not set.
   *
   * @param applicationName up to 255 printable ASCII characters; may be empty
   * @return this builder
   */
  public NimbleClientBuilder applicationName(String applicationName) {
    this.applicationName = Objects.requireNonNull(applicationName, "applicationName");
    return this;
  }

  /**
   * Sets how long a connection may take to open; 10 seconds when not set.
   *
   * @param connectTimeout more than zero
   * @return this builder
   */
  public NimbleClientBuilder connectTimeout(Duration connectTimeout) {
    settings.connectTimeout(connectTimeout);
    return this;
  }

  /**
   * Sets how long a request may take on this side, from connecting to the last byte; 60 seconds
   * when not set.
   *
   * <p>A call that has to log in makes a request for that, too; one that finds its session dead may
   * make four.
   *
   * @param requestTimeout more than zero
   * @return this builder
   */
  public NimbleClientBuilder requestTimeout(Duration requestTimeout) {
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
   * @throws IllegalArgumentException if it follows redirects, which would hand the password on
   */
  public NimbleClientBuilder httpClient(HttpClient httpClient) {
    settings.httpClient(httpClient);
    return this;
  }

  /**
   * Sets whom to trust over https; the Java platform's certificates when not set, which do not
   * include the self-signed one that an array comes with.
   *
   * @param sslContext for example one that trusts a self-signed certificate
   * @return this builder
   */
  public NimbleClientBuilder sslContext(SSLContext sslContext) {
    settings.sslContext(sslContext);
    return this;
  }

  /**
   * Makes the client; no request is sent.
   *
   * @return a client that later changes of this builder do not touch
   * @throws IllegalStateException if something is missing, or if settings exclude each other
   */
  public NimbleClient build() {
    URI endpoint = settings.endpoint();
    if (username == null || password == null) {
      throw new IllegalStateException(
          "The credentials are missing: call username(...) and password(...)");
    }
    Transport transport = settings.toTransport(Authorizer.none(), request -> {}, Calls.FAILURES);
    return new NimbleClient(
        endpoint, username, new Calls(endpoint, username, password, applicationName, transport));
  }
}
