import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Guesses the password of an administrator of the array at full speed, and measures what that costs
 * everybody else. See README.md beside this file.
 */
public final class Guessing {

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration LENGTH = Duration.ofSeconds(20);
  private static final Pattern ENDPOINT = Pattern.compile("Azure Batch\\s+(http://localhost:\\d+)");
  private static final Pattern TOKEN = Pattern.compile("\"session_token\":\"(\\w+)\"");
  private static final String USER = "/v1/users/1000000000000004d3000000000000000000000003";
  private static final String NODE =
      "/pools/poolId/nodes/tvm-1695681911_1-20161121t182739z/users/userName?api-version=2023-11-01.18.0";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String origin;

  private Guessing(String origin) {
    this.origin = origin;
  }

  /** Latencies in ms, and how many answers had which status. */
  private record Series(List<Double> millis, Map<Integer, Integer> statuses) {

    static Series empty() {
      return new Series(new ArrayList<>(), new TreeMap<>());
    }

    void add(Series other) {
      millis.addAll(other.millis);
      other.statuses.forEach((status, count) -> statuses.merge(status, count, Integer::sum));
    }

    double percentile(double part) {
      List<Double> sorted = millis.stream().sorted().toList();
      return sorted.isEmpty() ? Double.NaN : sorted.get((int) ((sorted.size() - 1) * part));
    }
  }

  /** Runs with the number of those who guess, 32 by default. */
  public static void main(String[] args) throws Exception {
    int guessers = args.length > 0 ? Integer.parseInt(args[0]) : 32;
    Path jar = Path.of("server/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      System.err.println("Build the server first: mvn -f server -DskipTests package");
      System.exit(1);
    }
    Path dataDir = Files.createTempDirectory("roster-guessing");
    Process process = start(jar, dataDir);
    try {
      new Guessing(awaitEndpoint(dataDir)).run(guessers, process.pid());
    } finally {
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
      delete(dataDir);
    }
    System.exit(0);
  }

  private void run(int guessers, long pid) throws Exception {
    String token = token("admin", "admin");
    send("POST", "/v1/users", "{\"data\":{\"name\":\"other\",\"password\":\"password-91\"}}", token);
    Map<String, Callable<HttpResponse<String>>> others =
        Map.of(
            "GET of a user in a session, every 10 ms", () -> send("GET", USER, null, token),
            "log-in of another user, every 200 ms", () -> logIn("other", "password-91"),
            "Batch: UpdateUser with a password, every 200 ms",
                () -> send("PUT", NODE, "{\"password\":\"12345\"}", "none"));
    measure(others, 0, WARM_UP);
    double liveBefore = liveMegabytes(pid);
    double before = residentMegabytes(pid);
    print("nobody guesses", measure(others, 0, LENGTH));
    print(guessers + " guess the password of admin", measure(others, guessers, LENGTH));
    double after = residentMegabytes(pid);
    print(guessers + " guess again", measure(others, guessers, LENGTH));
    System.out.printf(
        "%nresident memory before, after the first and after the second 20 s: %.0f, %.0f, %.0f MiB%n",
        before, after, residentMegabytes(pid));
    System.out.printf(
        "live objects on the heap before and after: %.1f and %.1f MiB%n",
        liveBefore, liveMegabytes(pid));
  }

  private Map<String, Series> measure(
      Map<String, Callable<HttpResponse<String>>> others, int guessers, Duration length)
      throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    long end = System.nanoTime() + length.toNanos();
    List<Future<Series>> guesses = new ArrayList<>();
    for (int i = 0; i < guessers; i++) {
      int number = i;
      guesses.add(
          threads.submit(() -> repeat(() -> logIn("admin", "guess" + number), 0, end)));
    }
    Map<String, Future<Series>> running = new TreeMap<>();
    others.forEach(
        (name, call) -> {
          long pause = name.endsWith("every 10 ms") ? 10 : 200;
          running.put(name, threads.submit(() -> repeat(call, pause, end)));
        });
    Map<String, Series> result = new TreeMap<>();
    for (Map.Entry<String, Future<Series>> entry : running.entrySet()) {
      result.put(entry.getKey(), entry.getValue().get());
    }
    Series all = Series.empty();
    for (Future<Series> guess : guesses) {
      all.add(guess.get());
    }
    if (guessers > 0) {
      result.put("the guesses", all);
    }
    threads.shutdown();
    return result;
  }

  private static Series repeat(Callable<HttpResponse<String>> call, long pause, long end)
      throws Exception {
    Series series = Series.empty();
    while (System.nanoTime() < end) {
      long begin = System.nanoTime();
      int status = call.call().statusCode();
      series.millis().add((System.nanoTime() - begin) / 1e6);
      series.statuses().merge(status, 1, Integer::sum);
      if (pause > 0) {
        Thread.sleep(pause);
      }
    }
    return series;
  }

  private static void print(String title, Map<String, Series> measured) {
    System.out.printf("%n%s, %d s%n", title, LENGTH.toSeconds());
    measured.forEach(
        (name, series) ->
            System.out.printf(
                "  %-50s p50 %7.1f ms   p99 %7.1f ms   statuses %s%n",
                name, series.percentile(0.5), series.percentile(0.99), series.statuses()));
  }

  private HttpResponse<String> logIn(String name, String password) throws Exception {
    return send(
        "POST",
        "/v1/tokens",
        "{\"data\":{\"username\":\"%s\",\"password\":\"%s\"}}".formatted(name, password),
        null);
  }

  private String token(String name, String password) throws Exception {
    Matcher token = TOKEN.matcher(logIn(name, password).body());
    if (!token.find()) {
      throw new IOException("The log-in was refused");
    }
    return token.group(1);
  }

  private HttpResponse<String> send(String method, String path, String body, String token)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("X-Auth-Token", token).header("Authorization", "Bearer token");
    }
    if (body != null) {
      request.header("Content-Type", "application/json; odata=minimalmetadata");
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static Process start(Path jar, Path dataDir) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Droster.data-dir=" + dataDir,
            "-Droster.http.port=0",
            "-Droster.https.port=0",
            "-Droster.nimble.https.port=0",
            "-Droster.pack.admin.port=0",
            "-Droster.pack.tenant.port=0",
            "-jar",
            jar.toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(dataDir.resolve("server.log").toFile()))
        .start();
  }

  private static String awaitEndpoint(Path dataDir) throws Exception {
    for (int i = 0; i < 600; i++) {
      Matcher announced = ENDPOINT.matcher(Files.readString(dataDir.resolve("server.log")));
      if (announced.find()) {
        return announced.group(1);
      }
      Thread.sleep(100);
    }
    throw new IOException("The server did not start; see " + dataDir.resolve("server.log"));
  }

  private static double residentMegabytes(long pid) throws IOException {
    Matcher resident =
        Pattern.compile("VmRSS:\\s+(\\d+) kB")
            .matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
    return resident.find() ? Integer.parseInt(resident.group(1)) / 1024.0 : Double.NaN;
  }

  /** What a full collection leaves; hashing makes garbage, which may lie about until then. */
  private static double liveMegabytes(long pid) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(output);
    return total.find() ? Long.parseLong(total.group(1)) / 1024.0 / 1024.0 : Double.NaN;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
