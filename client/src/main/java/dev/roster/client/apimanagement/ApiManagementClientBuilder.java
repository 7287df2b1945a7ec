package dev.roster.client.apimanagement;

import dev.roster.client.http.Authorizer;
import dev.roster.client.http.HttpSettings;
import dev.roster.client.http.PathSegments;
import dev.roster.client.http.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Describes an {@link ApiManagementClient}.
 *
 * <p>Needed are an endpoint, {@link #bearer}, {@link #subscriptionId}, {@link #resourceGroup} and
 * {@link #serviceName}; the last call of each setting counts. Builders are not safe for use by many
 * threads.
 */
public final class ApiManagementClientBuilder {

  private static final String DEFAULT_API_VERSION = "2022-08-01";

  private final HttpSettings settings = new HttpSettings();
  private Authorizer authorizer;
  private String subscriptionId;
  private String resourceGroup;
  private String serviceName;
  private String apiVersion = DEFAULT_API_VERSION;

  ApiManagementClientBuilder() {}

  /**
   * Sets the base URL of Azure Resource Manager, or of Roster.
   *
   * @param endpoint such as {@code http://localhost:8080}, with or without a base path, or {@code
   *     https://management.azure.com}
   * @return this builder
   * @throws IllegalArgumentException if it is not an http or https URL with a host, or has a user,
   *     a query or a fragment
   */
  public ApiManagementClientBuilder endpoint(URI endpoint) {
    settings.endpoint(endpoint, "https://management.azure.com");
    return this;
  }

  /**
   * Sets the base URL from text.
   *
   * @param endpoint as for {@link #endpoint(URI)}
   * @return this builder
   * @throws IllegalArgumentException as for {@link #endpoint(URI)}
   */
  public ApiManagementClientBuilder endpoint(String endpoint) {
    return endpoint(URI.create(endpoint));
  }

  /**
   * Sends bearer tokens.
   *
   * <p>The real service wants a Microsoft Entra token for the audience {@code
   * https://management.azure.com/}. Tokens travel readable over http; use that on your own machine
   * only.
   *
   * @param token asked before every request, maybe by several threads at once; caching and renewal
   *     are its business. An empty token fails the call with {@link IllegalStateException}
   * @return this builder
   */
  public ApiManagementClientBuilder bearer(Supplier<String> token) {
    this.authorizer = Authorizer.bearer(token);
    return this;
  }

  /**
   * Sets the Azure subscription that the service belongs to.
   *
   * @param subscriptionId a GUID; Roster takes any text
   * @return this builder
   * @throws IllegalArgumentException if a URL cannot carry it
   */
  public ApiManagementClientBuilder subscriptionId(String subscriptionId) {
    PathSegments.check(subscriptionId);
    this.subscriptionId = subscriptionId;
    return this;
  }

  /**
   * Sets the resource group of the service.
   *
   * @param resourceGroup its name, in any case
   * @return this builder
   * @throws IllegalArgumentException if a URL cannot carry it
   */
  public ApiManagementClientBuilder resourceGroup(String resourceGroup) {
    PathSegments.check(resourceGroup);
    this.resourceGroup = resourceGroup;
    return this;
  }

  /**
   * Sets the API Management service whose users are managed.
   *
   * @param serviceName its name, in any case
   * @return this builder
   * @throws IllegalArgumentException if a URL cannot carry it
   */
  public ApiManagementClientBuilder serviceName(String serviceName) {
    PathSegments.check(serviceName);
    this.serviceName = serviceName;
    return this;
  }

  /**
   * Sets the version of the API to speak; 2022-08-01 when not set.
   *
   * @param apiVersion such as {@code 2024-05-01}
   * @return this builder
   */
  public ApiManagementClientBuilder apiVersion(String apiVersion) {
    this.apiVersion = Objects.requireNonNull(apiVersion, "apiVersion");
    return this;
  }

  /**
   * Sets how long a connection may take to open; 10 seconds when not set.
   *
   * @param connectTimeout more than zero
   * @return this builder
   */
  public ApiManagementClientBuilder connectTimeout(Duration connectTimeout) {
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
  public ApiManagementClientBuilder requestTimeout(Duration requestTimeout) {
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
  public ApiManagementClientBuilder httpClient(HttpClient httpClient) {
    settings.httpClient(httpClient);
    return this;
  }

  /**
   * Sets whom to trust over https; the Java platform's certificates when not set.
   *
   * @param sslContext for example one that trusts a self-signed certificate
   * @return this builder
   */
  public ApiManagementClientBuilder sslContext(SSLContext sslContext) {
    settings.sslContext(sslContext);
    return this;
  }

  /**
   * Makes the client; no request is sent.
   *
   * @return a client that later changes of this builder do not touch
   * @throws IllegalStateException if something is missing, or if settings exclude each other
   */
  public ApiManagementClient build() {
    URI endpoint = settings.endpoint();
    if (authorizer == null) {
      throw new IllegalStateException("The credentials are missing: call bearer(...)");
    }
    if (subscriptionId == null || resourceGroup == null || serviceName == null) {
      throw new IllegalStateException(
          "The service is missing: call subscriptionId(...), resourceGroup(...) and"
              + " serviceName(...)");
    }
    Transport transport = settings.toTransport(authorizer, request -> {}, Calls.FAILURES);
    return new ApiManagementClient(
        endpoint, subscriptionId, resourceGroup, serviceName, apiVersion, transport);
  }
}
