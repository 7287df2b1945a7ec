package dev.roster.client.batch;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Dates, signs and sends one request, and tells a refusal from an answer. */
final class Transport {

  private final HttpClient http;
  private final Authorizer authorizer;
  private final Clock clock;
  private final Duration requestTimeout;

  Transport(HttpClient http, Authorizer authorizer, Clock clock, Duration requestTimeout) {
    this.http = http;
    this.authorizer = authorizer;
    this.clock = clock;
    this.requestTimeout = requestTimeout;
  }

  HttpClient http() {
    return http;
  }

  /**
   * Sends a request.
   *
   * @return an answer of status 2xx
   * @throws BatchException on every other status
   */
  HttpResponse<byte[]> send(HttpRequest unsigned) {
    HttpRequest request = sign(unsigned);
    HttpResponse<byte[]> response = exchange(request);
    if (response.statusCode() / 100 == 2) {
      return response;
    }
    String authorization = request.headers().firstValue("Authorization").orElse("");
    String credential = authorization.substring(authorization.indexOf(' ') + 1);
    throw ErrorAnswer.read(name(request), request, response).without(credential);
  }

  private HttpRequest sign(HttpRequest unsigned) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(unsigned, (name, value) -> true)
            // Over HTTP/2 Content-Length, which is signed, may be left out.
            .version(HttpClient.Version.HTTP_1_1)
            .setHeader("ocp-date", HttpDates.format(clock.instant()));
    long length = unsigned.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L);
    if (length == 0) {
      // Java versions differ in whether they send Content-Length for no body, but all of them send
      // 0 for an empty one. https://bugs.openjdk.org/browse/JDK-8283544
      builder.method(unsigned.method(), BodyPublishers.ofByteArray(new byte[0]));
    }
    HttpRequest dated = builder.build();
    Map<String, String> headers = new HashMap<>();
    dated.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.put("Content-Length", Long.toString(length));
    return builder
        .setHeader("Authorization", authorizer.authorization(dated.method(), dated.uri(), headers))
        .build();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    // HttpRequest.timeout ends with the headers of the answer; this one covers the body too.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(requestTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new BatchTimeoutException(
          name(request) + " was not answered within " + requestTimeout, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new BatchTransportException(name(request) + " was interrupted", e);
    } catch (ExecutionException e) {
      throw failure(request, e.getCause());
    }
  }

  private static RuntimeException failure(HttpRequest request, Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return new BatchTimeoutException(name(request) + " timed out: " + reason(cause), cause);
    }
    if (cause instanceof ConnectException) {
      return new BatchTransportException(
          name(request) + " found no server: " + reason(cause), cause);
    }
    return new BatchTransportException(name(request) + " failed: " + reason(cause), cause);
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
