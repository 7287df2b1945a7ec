package dev.roster.client.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A server on loopback that keeps what it receives and answers as told. */
public final class FakeService implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);

  private final String scheme;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Answer> answers = request -> Answer.status(200);

  /** Listens with http. */
  public FakeService() {
    this(null);
  }

  /** Listens with https, or with http if there is no certificate. */
  public FakeService(SSLContext certificate) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (certificate == null) {
        scheme = "http";
        server = HttpServer.create(anyPort, 0);
      } else {
        scheme = "https";
        HttpsServer secure = HttpsServer.create(anyPort, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate));
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  public void answer(Answer answer) {
    answers = request -> answer;
  }

  public void answer(Function<Received, Answer> byRequest) {
    answers = byRequest;
  }

  public List<Received> all() {
    return received;
  }

  public Received last() {
    return received.get(received.size() - 1);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name, String.join(",", values)));
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      received.add(request);
      Answer answer = answers.apply(request);
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      boolean bodyless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(
          answer.status(), bodyless ? -1 : body.length + answer.missingBytes());
      if (!bodyless) {
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
      }
      if (answer.missingBytes() > 0) {
        // The rest never comes, and the connection stays open until the test is over.
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A request as it arrived; the URI is raw. */
  public record Received(String method, String uri, Map<String, String> headers, String body) {

    public String line() {
      return method + " " + uri;
    }

    public String header(String name) {
      return headers.get(name);
    }
  }

  /** What to answer; with missing bytes the body stays incomplete. */
  public record Answer(int status, Map<String, String> headers, String body, int missingBytes) {

    public static Answer status(int status) {
      return new Answer(status, Map.of(), "", 0);
    }

    public static Answer json(int status, String body) {
      return status(status).with("Content-Type", "application/json; charset=utf-8").body(body);
    }

    public Answer body(String body) {
      return new Answer(status, headers, body, missingBytes);
    }

    public Answer with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body, missingBytes);
    }

    public Answer stalling() {
      return new Answer(status, headers, body, 10);
    }
  }

  /** Collects an iterable. */
  public static <T> List<T> listOf(Iterable<T> entries) {
    List<T> list = new ArrayList<>();
    entries.forEach(list::add);
    return list;
  }
}
