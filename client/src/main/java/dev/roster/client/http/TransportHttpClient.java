package dev.roster.client.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * The HTTP client that the generated operations see.
 *
 * <p>Their own request interceptor runs before the request is complete, their time-out does not
 * cover the body, and they read text in the platform's charset. Here all three are put right.
 */
public final class TransportHttpClient extends HttpClient {

  private final Transport transport;

  /**
   * Takes what sends.
   *
   * @param transport sends every request
   */
  public TransportHttpClient(Transport transport) {
    this.transport = transport;
  }

  /** Sends as {@link Transport#send} does; the generated operations read every body as a stream. */
  @Override
  @SuppressWarnings("unchecked")
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return (HttpResponse<T>) new StreamedResponse(transport.send(request));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    throw new UnsupportedOperationException("The generated operations are synchronous");
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
    throw new UnsupportedOperationException("The generated operations are synchronous");
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return transport.http().cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return transport.http().connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return transport.http().followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return transport.http().proxy();
  }

  @Override
  public SSLContext sslContext() {
    return transport.http().sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return transport.http().sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return transport.http().authenticator();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public Optional<Executor> executor() {
    return transport.http().executor();
  }

  /** Writes JSON so that a reader of the given charset sees the same JSON. */
  static byte[] jsonFor(Charset reader, byte[] json) {
    if (reader.equals(StandardCharsets.UTF_8)) {
      return json;
    }
    StringBuilder ascii = new StringBuilder();
    new String(json, StandardCharsets.UTF_8)
        .chars()
        .forEach(
            c -> {
              if (c < 0x80) {
                ascii.append((char) c);
              } else {
                ascii.append(String.format("\\u%04x", c));
              }
            });
    return ascii.toString().getBytes(reader);
  }

  /** A complete answer, dressed as a stream. */
  private record StreamedResponse(HttpResponse<byte[]> response)
      implements HttpResponse<InputStream> {

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(jsonFor(Charset.defaultCharset(), response.body()));
    }

    @Override
    public int statusCode() {
      return response.statusCode();
    }

    @Override
    public HttpRequest request() {
      return response.request();
    }

    @Override
    public Optional<HttpResponse<InputStream>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      return response.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return response.sslSession();
    }

    @Override
    public URI uri() {
      return response.uri();
    }

    @Override
    public HttpClient.Version version() {
      return response.version();
    }
  }
}
