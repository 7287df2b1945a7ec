package dev.roster.client.nimble;

import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A server on loopback that knows sessions; what lies behind them is answered as told. */
final class FakeArray implements AutoCloseable {

  static final String PASSWORD = "S3cret-pass";
  static final String USER_ID = "1000000000000004d3000000000000000000000003";
  static final Answer DEAD_SESSION =
      Answer.json(
          401,
          """
          {"messages":[
           {"code":"SM_http_unauthorized","severity":"error","text":"The request has no valid session."},
           {"code":"SM_auth","severity":"error","text":"Log in."}]}""");

  private final FakeService service;
  private final AtomicInteger sessions = new AtomicInteger();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private volatile Function<Integer, Answer> logIns = FakeArray::session;
  private volatile Function<Received, Answer> answers = request -> Answer.json(200, "{}");

  FakeArray() {
    this(null);
  }

  FakeArray(SSLContext certificate) {
    service = new FakeService(certificate);
    service.answer(this::answer);
  }

  /** A client of this array that still can be changed. */
  NimbleClientBuilder client() {
    return NimbleClient.builder()
        .endpoint(service.endpoint())
        .username("admin")
        .password(PASSWORD)
        .applicationName("Rotation job");
  }

  FakeService service() {
    return service;
  }

  /** Answers whatever is asked within a live session. */
  void answer(Answer answer) {
    answers = request -> answer;
  }

  void answerEach(Function<Received, Answer> byRequest) {
    answers = byRequest;
  }

  /** Answers log-ins by their number, the first one 1. */
  void answerLogIns(Function<Integer, Answer> byNumber) {
    logIns = byNumber;
  }

  /** Ends the session of a log-in. */
  void kill(int number) {
    dead.add(token(number));
  }

  List<String> lines() {
    return service.all().stream().map(Received::line).toList();
  }

  List<Received> logIns() {
    return service.all().stream().filter(FakeArray::isLogIn).toList();
  }

  List<Received> others() {
    return service.all().stream().filter(request -> !isLogIn(request)).toList();
  }

  static String token(int number) {
    return "t0ken-of-mine-" + number;
  }

  static String tokenId(int number) {
    return "1900000000000004d3%024x".formatted(number);
  }

  static Answer session(int number) {
    return Answer.json(
        201,
        """
        {"data":{"id":"%s","session_token":"%s","username":"admin","app_name":"Rotation job",
         "source_ip":"127.0.0.1","creation_time":1426801551,"last_modified":1426801551}}"""
            .formatted(tokenId(number), token(number)));
  }

  /** Whether it is a log-in, below whichever base path. */
  private static boolean isLogIn(Received request) {
    return request.method().equals("POST") && request.uri().endsWith("/v1/tokens");
  }

  @Override
  public void close() {
    service.close();
  }

  private Answer answer(Received request) {
    if (isLogIn(request)) {
      return logIns.apply(sessions.incrementAndGet());
    }
    String token = request.header("X-Auth-Token");
    return token != null && dead.contains(token) ? DEAD_SESSION : answers.apply(request);
  }
}
