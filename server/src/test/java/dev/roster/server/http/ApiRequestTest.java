package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.http.ApiRequest.QueryParameter;
import dev.roster.server.tls.ServerCertificate;
import dev.roster.testing.Trust;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads requests that came over a socket. */
class ApiRequestTest {

  private static final long PATIENCE_SECONDS = 60;

  private static Vertx vertx;
  private static HttpServer server;
  private static HttpServer secureServer;
  private static SSLContext trust;
  private static volatile Function<ApiRequest, Object> question;
  private static volatile CompletableFuture<Object> reply;

  @BeforeAll
  static void listen(@TempDir Path dataDir) throws Exception {
    vertx = Vertx.vertx();
    server = listen(new HttpServerOptions(), "localhost");
    ServerCertificate certificate = ServerCertificate.made(dataDir, Clock.systemUTC());
    certificate.prepare();
    trust = Trust.inStore(dataDir.resolve("truststore.p12"));
    secureServer =
        listen(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertPath(certificate.chainFile().toString())
                        .setKeyPath(certificate.keyFile().toString())),
            "::1");
  }

  private static HttpServer listen(HttpServerOptions options, String host) throws Exception {
    return vertx
        .createHttpServer(options)
        .requestHandler(
            request -> {
              try {
                reply.complete(question.apply(new ApiRequest(request, request.uri(), null)));
              } catch (RuntimeException e) {
                reply.completeExceptionally(e);
              }
              request.response().end();
            })
        .listen(0, host)
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void methodPathAndQueryAreAsSent() throws Exception {
    String head = "PUT /pools/a%2Fb+%c3%a9|?b=2&A=%31 HTTP/1.1\r\nHost: h\r\n";

    assertThat(read(head, ApiRequest::method)).isEqualTo("PUT");
    assertThat(read(head, ApiRequest::rawPath)).isEqualTo("/pools/a%2Fb+%c3%a9|");
    assertThat(read(head, request -> request.query()))
        .asList()
        .containsExactly(new QueryParameter("b", "2"), new QueryParameter("A", "1"));
  }

  @Test
  void pathOfAnAbsoluteTargetIsItsPathOnly() throws Exception {
    assertThat(read("GET http://h:1/pools/p?a=1 HTTP/1.1\r\nHost: h:1\r\n", ApiRequest::rawPath))
        .isEqualTo("/pools/p");
    assertThat(read("GET http://h:1 HTTP/1.1\r\nHost: h:1\r\n", ApiRequest::rawPath))
        .isEqualTo("/");
  }

  @Test
  void namesIgnoreCaseAndTheFirstValueCounts() throws Exception {
    String head = "GET /pools?timeOut=1&TIMEOUT=2 HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\n";

    assertThat(read(head, request -> request.queryParameter("timeout")))
        .isEqualTo(Optional.of("1"));
    assertThat(read(head, request -> request.queryParameter("other"))).isEqualTo(Optional.empty());
    assertThat(read(head, request -> request.header("X-a"))).isEqualTo(Optional.of("1"));
    assertThat(read(head, request -> request.header("X-B"))).isEqualTo(Optional.empty());
  }

  @Test
  void headersComeInTheOrderOfTheirNames() throws Exception {
    String head = "GET /pools HTTP/1.1\r\nOcp-Range: 2\r\nHost: h\r\nocp-date: 1\r\n";

    assertThat(read(head, request -> request.headersBeginningWith("ocp-")))
        .asList()
        .containsExactly(Map.entry("ocp-date", "1"), Map.entry("ocp-range", "2"));
  }

  @Test
  void bodyIsKnownByItsAnnouncement() throws Exception {
    String start = "POST /pools HTTP/1.1\r\nHost: h\r\n";

    assertThat(read(start, ApiRequest::hasBody)).isEqualTo(false);
    assertThat(read(start, ApiRequest::contentLength)).isEqualTo(-1L);
    assertThat(read(start + "Content-Length: 0\r\n", ApiRequest::hasBody)).isEqualTo(false);
    assertThat(read(start + "Content-Length: 0\r\n", ApiRequest::contentLength)).isEqualTo(0L);
    assertThat(read(start + "Content-Length: 7\r\n", ApiRequest::hasBody)).isEqualTo(true);
    assertThat(read(start + "Content-Length: 7\r\n", ApiRequest::contentLength)).isEqualTo(7L);
    assertThat(read(start + "Transfer-Encoding: chunked\r\n", ApiRequest::hasBody)).isEqualTo(true);
  }

  @Test
  void originIsWhatTheCallerCallsTheServer() throws Exception {
    assertThat(read("GET / HTTP/1.1\r\nHost: batch.example:81\r\n", ApiRequest::origin))
        .isEqualTo("http://batch.example:81");
    assertThat(read("GET / HTTP/1.1\r\nHost: batch.example\r\n", ApiRequest::origin))
        .isEqualTo("http://batch.example");
  }

  @Test
  void originIsTheListenersOwnIfTheCallerNamesNone() throws Exception {
    assertThat(read("GET / HTTP/1.0\r\n", ApiRequest::origin))
        .isEqualTo("http://127.0.0.1:" + server.actualPort());
  }

  @Test
  void originOfARequestOverHttpsSaysSo() throws Exception {
    assertThat(readSecure("GET / HTTP/1.1\r\nHost: batch.example:81\r\n", ApiRequest::origin))
        .isEqualTo("https://batch.example:81");
    assertThat(readSecure("GET / HTTP/1.1\r\nHost: [::1]:8443\r\n", ApiRequest::origin))
        .isEqualTo("https://[::1]:8443");
    assertThat(readSecure("GET / HTTP/1.1\r\nHost: [2001:db8::7]\r\n", ApiRequest::origin))
        .isEqualTo("https://[2001:db8::7]");
    assertThat(readSecure("GET / HTTP/1.0\r\n", ApiRequest::origin))
        .isEqualTo("https://[0:0:0:0:0:0:0:1]:" + secureServer.actualPort());
  }

  @Test
  void originWithPortNamesThePortOfTheScheme() throws Exception {
    assertThat(read("GET / HTTP/1.1\r\nHost: arm.example:81\r\n", ApiRequest::originWithPort))
        .isEqualTo("http://arm.example:81");
    assertThat(read("GET / HTTP/1.1\r\nHost: arm.example\r\n", ApiRequest::originWithPort))
        .isEqualTo("http://arm.example:80");
    assertThat(read("GET / HTTP/1.1\r\nHost: arm.example:80\r\n", ApiRequest::originWithPort))
        .isEqualTo("http://arm.example:80");
    assertThat(read("GET / HTTP/1.1\r\nHost: [::1]\r\n", ApiRequest::originWithPort))
        .isEqualTo("http://[::1]:80");
    assertThat(read("GET / HTTP/1.0\r\n", ApiRequest::originWithPort))
        .isEqualTo("http://127.0.0.1:" + server.actualPort());
  }

  @Test
  void linkToAPositionKeepsWhatWasSentEncodesDollarsAndEndsInThePosition() throws Exception {
    String head =
        "GET /users/a%2Fb?$SKIP=2&$top=1&x=&api-version=1&%24filter=a%20eq%20%27+%C3%A9$%27"
            + "&%24skip=3 HTTP/1.1\r\nHost: h\r\n";

    assertThat(read(head, request -> PageLinks.at(request, "$skip", 4)))
        .isEqualTo(
            "http://h:80/users/a%2Fb?%24top=1&x=&api-version=1"
                + "&%24filter=a%20eq%20%27%20%C3%A9%24%27&%24skip=4");
    assertThat(
            read(
                "GET /users HTTP/1.1\r\nHost: h:1\r\n",
                request -> PageLinks.at(request, "$skip", Integer.MAX_VALUE + 1L)))
        .isEqualTo("http://h:1/users?%24skip=2147483648");
  }

  @Test
  void nextLinkKeepsWhatWasSentAndReplacesTheToken() throws Exception {
    String head =
        "GET /pools/a%2Fb?api-version=1&%24filter=a%20eq%20%27+%C3%A9%27&$SKIPTOKEN=old HTTP/1.1\r\n"
            + "Host: h:1\r\n";

    assertThat(read(head, request -> PageLinks.next(request, "$skiptoken", "p1")))
        .isEqualTo(
            "http://h:1/pools/a%2Fb?api-version=1&$filter=a%20eq%20%27%20%C3%A9%27"
                + "&$skiptoken=YWZ0ZXI6cDE");
  }

  @Test
  void nextLinkOfARequestWithoutQueryHasTheTokenOnly() throws Exception {
    assertThat(
            read(
                "GET /pools HTTP/1.1\r\nHost: h\r\n",
                request -> PageLinks.next(request, "$skiptoken", "p1")))
        .isEqualTo("http://h/pools?$skiptoken=YWZ0ZXI6cDE");
  }

  private static Object read(String head, Function<ApiRequest, Object> asked) throws Exception {
    return read(new Socket("127.0.0.1", server.actualPort()), head, asked);
  }

  private static Object readSecure(String head, Function<ApiRequest, Object> asked)
      throws Exception {
    return read(
        trust.getSocketFactory().createSocket("::1", secureServer.actualPort()), head, asked);
  }

  private static Object read(Socket connected, String head, Function<ApiRequest, Object> asked)
      throws Exception {
    question = asked;
    reply = new CompletableFuture<>();
    try (Socket socket = connected) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return withoutConnection(reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Leaves out the header that every request of this class has. */
  private static Object withoutConnection(Object value) {
    return value instanceof java.util.List<?> list
        ? list.stream().filter(item -> !item.equals(Map.entry("connection", "close"))).toList()
        : value;
  }
}
