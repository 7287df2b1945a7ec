package dev.roster.client.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Signs and sends one request, and tells a refusal from an answer. */
public final class Transport {

  private final HttpClient http;
  private final Authorizer authorizer;
  private final Consumer<HttpRequest.Builder> stamp;
  private final Duration requestTimeout;
  private final Failures failures;

  /**
   * Takes how to send.
   *
   * @param http sends
   * @param authorizer makes Authorization
   * @param stamp adds the headers that need the moment of sending, before Authorization is made
   * @param requestTimeout how long a call may take, from connecting to the last byte
   * @param failures makes the exceptions for requests without an answer
   */
  Transport(
      HttpClient http,
      Authorizer authorizer,
      Consumer<HttpRequest.Builder> stamp,
      Duration requestTimeout,
      Failures failures) {
    this.http = http;
    this.authorizer = authorizer;
    this.stamp = stamp;
    this.requestTimeout = requestTimeout;
    this.failures = failures;
  }

  HttpClient http() {
    return http;
  }

  /**
   * Sends a request.
   *
   * @param unsigned the request without Authorization
   * @return an answer of status 2xx
   * @throws RefusedException on every other status
   * @throws dev.roster.client.TransportException when there is no answer
   */
  public HttpResponse<byte[]> send(HttpRequest unsigned) {
    HttpRequest request = sign(unsigned);
    HttpResponse<byte[]> response = exchange(request);
    if (response.statusCode() / 100 == 2) {
      return response;
    }
    String authorization = request.headers().firstValue("Authorization").orElse("");
    String credential = authorization.substring(authorization.indexOf(' ') + 1);
    throw new RefusedException(new Refusal(name(request), request, response).hiding(credential));
  }

  private HttpRequest sign(HttpRequest unsigned) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(unsigned, (name, value) -> true)
            // Over HTTP/2 Content-Length, which is signed, may be left out.
            .version(HttpClient.Version.HTTP_1_1);
    stamp.accept(builder);
    long length = unsigned.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L);
    if (length == 0) {
      // Java versions differ in whether they send Content-Length for no body, but all of them send
      // 0 for an empty one. https://bugs.openjdk.org/browse/JDK-8283544
      builder.method(unsigned.method(), BodyPublishers.ofByteArray(new byte[0]));
    }
    HttpRequest stamped = builder.build();
    Map<String, String> headers = new HashMap<>();
    stamped.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.put("Content-Length", Long.toString(length));
    String authorization = authorizer.authorization(stamped.method(), stamped.uri(), headers);
    return authorization == null
        ? stamped
        : builder.setHeader("Authorization", authorization).build();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    // HttpRequest.timeout ends with the headers of the answer; this one covers the body too.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(requestTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw failures.timedOut(name(request) + " was not answered within " + requestTimeout, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw failures.broken(name(request) + " was interrupted", e);
    } catch (ExecutionException e) {
      throw failure(request, e.getCause());
    }
  }

  private RuntimeException failure(HttpRequest request, Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return failures.timedOut(name(request) + " timed out: " + reason(cause), cause);
    }
    if (cause instanceof ConnectException) {
      return failures.broken(name(request) + " found no server: " + reason(cause), cause);
    }
    return failures.broken(name(request) + " failed: " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String name(HttpRequest request) {
    URI uri = request.uri();
    return request.method()
        + " "
        + uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + uri.getRawPath();
  }
}
