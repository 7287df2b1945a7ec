package dev.roster.client.batch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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

/** A server on loopback that keeps what it receives and answers as told. */
final class FakeBatchService implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Answer> answers = request -> Answer.status(200);

  FakeBatchService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void answer(Answer answer) {
    answers = request -> answer;
  }

  void answer(Function<Received, Answer> byRequest) {
    answers = byRequest;
  }

  List<Received> all() {
    return received;
  }

  Received last() {
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
  record Received(String method, String uri, Map<String, String> headers, String body) {

    String line() {
      return method + " " + uri;
    }

    String header(String name) {
      return headers.get(name);
    }

    /** The Authorization that belongs to this request by the rule of a server. */
    String expectedAuthorization(String account, String key) {
      Map<String, String> signed = new HashMap<>();
      List.of(
              "Content-Length",
              "Content-Type",
              "ocp-date",
              "If-Match",
              "If-None-Match",
              "If-Modified-Since",
              "If-Unmodified-Since")
          .forEach(
              name -> {
                if (headers.containsKey(name)) {
                  signed.put(name, headers.get(name));
                }
              });
      return new SharedKeySigner(account, key).authorization(method, URI.create(uri), signed);
    }
  }

  /** What to answer; with missing bytes the body stays incomplete for five seconds. */
  record Answer(int status, Map<String, String> headers, String body, int missingBytes) {

    static Answer status(int status) {
      return new Answer(status, Map.of(), "", 0);
    }

    static Answer json(int status, String body) {
      return status(status)
          .with("Content-Type", "application/json;odata=minimalmetadata")
          .body(body);
    }

    Answer body(String body) {
      return new Answer(status, headers, body, missingBytes);
    }

    Answer with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body, missingBytes);
    }

    Answer stalling() {
      return new Answer(status, headers, body, 10);
    }
  }

  /** Collects an iterable. */
  static <T> List<T> listOf(Iterable<T> entries) {
    List<T> list = new ArrayList<>();
    entries.forEach(list::add);
    return list;
  }
}
