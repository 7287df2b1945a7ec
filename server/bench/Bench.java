import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Measures the packaged server on this machine, beside pgbench on the server's own database.
 *
 * <p>Each round runs pgbench, signed UpdateUser requests and GetNode requests one after the other, so
 * that what disturbs the machine disturbs all three; the table shows the median of the rounds. See
 * README.md beside this file.
 */
public final class Bench {

  /** For each operation; on two processors the JIT compiler is not done sooner. */
  private static final Duration WARM_UP = Duration.ofSeconds(45);

  private static final String ACCOUNT = "devbatch";
  private static final String KEY = "Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==";
  private static final String VERSION = "api-version=2023-11-01.18.0";
  private static final String NODE = "/pools/poolId/nodes/tvm-1695681911_1-20161121t182739z";
  private static final String BODY = "{\"expiryTime\":\"2030-01-01T00:00:00Z\"}";
  private static final Pattern ENDPOINT = Pattern.compile("Azure Batch\\s+http://localhost:(\\d+)");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  /** The one statement that an UpdateUser costs, as ComputeNodeUserRepository has it. */
  private static final String PGBENCH_SCRIPT =
      """
      update batch_compute_node_user u
        set password_hash = null, ssh_public_key = null, expires_at = now(),
          effective_expires_at =
            case when u.windows then cast(now() as timestamptz) else cast(now() as timestamptz) end,
          updated_at = now()
        from batch_compute_node n
        where u.space = 'default' and u.pool_key = 'poolid'
          and u.node_id = 'tvm-1695681911_1-20161121t182739z'
          and u.name_key in ('username%1$d', 'username%1$d')
          and u.name_key = case when u.windows then 'username%1$d' else 'username%1$d' end
          and (true or u.effective_expires_at > now())
          and n.space = u.space and n.pool_key = u.pool_key and n.id = u.node_id
          and (n.pinned_state is null and n.operational_at <= now() and n.scheduling_enabled
            or n.pinned_state in ('IDLE', 'RUNNING'))
          and (not u.windows or false);
      """;

  private static final int LISTING_ROUNDS = 200;
  private static final int LISTING_WARM_UP = 300;
  private static final int PAGE = 100;
  private static final int BLOCKED_USERS = 200;
  private static final List<Integer> LISTED_USERS = List.of(1_000, 100_000);

  private static final String SERVICE_BODY =
      "{\"location\":\"West US\",\"sku\":{\"name\":\"Developer\",\"capacity\":1},"
          + "\"properties\":{\"publisherEmail\":\"o@example.com\",\"publisherName\":\"O\"}}";

  private record Listed(String name, String path) {}

  /** Paths below the service; %d is where the last page but one begins. */
  private static final List<Listed> LISTINGS =
      List.of(
          new Listed("first page", "/users?$top=100"),
          new Listed("last full page", "/users?$top=100&$skip=%d"),
          new Listed("first page with groups", "/users?$top=100&expandGroups=true"),
          new Listed("filter: 1 by email", "/users?$filter=email eq 'user500@example.com'"),
          new Listed("filter: 200 by state", "/users?$filter=state eq 'blocked'"),
          new Listed("filter: 1 by start of firstName", "/users?$filter=startswith(firstName,'First500x')"),
          new Listed("filter: 1 by part of email (scan)", "/users?$filter=contains(email,'r500@')"),
          new Listed("members of developers, first page", "/groups/developers/users?$top=100"));

  /** Users as PUT makes them; name of the service, their number, every how many is blocked. */
  private static final String FILL =
      """
      insert into apim_user (space, service_id, user_key, id, ordinal, first_name, first_name_key,
          last_name, last_name_key, email, email_key, state, identities, registered_at, version,
          companion_version)
        select s.space, s.service_id, 'user' || i, 'user' || i, nextval('apim_version'),
          'First' || i || 'x', 'first' || i || 'x', 'Last', 'last', 'user' || i || '@example.com',
          'user' || i || '@example.com', case when i %% %3$d = 0 then 'blocked' else 'active' end,
          '[{"provider": "Basic", "id": "someone@example.com"}]', now(), i, i
        from apim_service s, generate_series(1, %2$d) i where s.service_key = 'with-%1$d';
      insert into apim_group_user (space, service_id, group_key, user_key, user_ordinal, version)
        select u.space, u.service_id, 'developers', u.user_key, u.ordinal, 1
        from apim_user u join apim_service s using (space, service_id)
        where s.service_key = 'with-%1$d' and u.user_key <> '1';
      """;

  private final int rounds;
  private final int connections;
  private final Duration length;
  private final Path jar;

  private Bench(int rounds, int connections, Duration length, Path jar) {
    this.rounds = rounds;
    this.connections = connections;
    this.length = length;
    this.jar = jar;
  }

  private record Run(double perSecond, double p50, double p99, double serverMicros, double databaseMicros) {}

  private record Server(Process process, int port, Path dataDir, Duration start) {}

  /**
   * Runs with {@code [rounds [seconds [connections]]]}, 5 rounds of 8 s at 16 connections; or with
   * {@code listings}.
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("listings")) {
      new Bench(LISTING_ROUNDS, 1, Duration.ZERO, packagedServer()).runListings();
      System.exit(0);
    }
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    int connections = args.length > 2 ? Integer.parseInt(args[2]) : 16;
    new Bench(rounds, connections, Duration.ofSeconds(seconds), packagedServer()).run();
    System.exit(0);
  }

  private static Path packagedServer() {
    Path jar = Path.of("server/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      System.err.println("Build the server first: mvn -f server -DskipTests package");
      System.exit(1);
    }
    return jar;
  }

  // Listings

  /**
   * What pages of API Management users cost with 1,000 and with 100,000 of them, one request after
   * the other.
   */
  private void runListings() throws Exception {
    Path dataDir = Files.createTempDirectory("roster-bench");
    try {
      Server server = start(dataDir);
      try (Connection connection = new Connection(server.port())) {
        for (int users : LISTED_USERS) {
          connection.call(arm("PUT", service(users), SERVICE_BODY, server.port()), 201);
          sql(server, FILL.formatted(users, users, users / BLOCKED_USERS));
        }
        sql(server, "analyze");
        System.out.printf("%-40s", "median of " + rounds + " requests, ms");
        for (int users : LISTED_USERS) {
          System.out.printf(" %,15d users", users);
        }
        System.out.println();
        for (Listed listed : LISTINGS) {
          System.out.printf("%-40s", listed.name());
          for (int users : LISTED_USERS) {
            String path =
                service(users) + listed.path().formatted(users - 2 * PAGE).replace(" ", "%20");
            byte[] request = arm("GET", path, "", server.port());
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < LISTING_WARM_UP + rounds; i++) {
              long begin = System.nanoTime();
              connection.call(request, 200);
              if (i >= LISTING_WARM_UP) {
                times.add((System.nanoTime() - begin) / 1e6);
              }
            }
            System.out.printf(" %21.2f", median(times));
          }
          System.out.println();
        }
      } finally {
        stop(server);
      }
    } finally {
      delete(dataDir);
    }
  }

  private static String service(int users) {
    return "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/with-" + users;
  }

  private static byte[] arm(String method, String path, String body, int port) {
    String target = path + (path.contains("?") ? "&" : "?") + "api-version=2022-08-01";
    String head =
        method + " " + target + " HTTP/1.1\r\nHost: localhost:" + port
            + "\r\nAuthorization: Bearer token\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length() + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static void sql(Server server, String script) throws Exception {
    ProcessBuilder psql =
        new ProcessBuilder(
                "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", databasePort(server),
                "-U", "postgres", "-c", script, "postgres")
            .redirectErrorStream(true);
    psql.environment()
        .put("PGPASSWORD", Files.readString(server.dataDir().resolve("postgresql.password")));
    Process process = psql.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  private void run() throws Exception {
    Path dataDir = Files.createTempDirectory("roster-bench");
    List<Run> pgbench = new ArrayList<>();
    List<Run> updates = new ArrayList<>();
    List<Run> reads = new ArrayList<>();
    List<Double> coldStarts = new ArrayList<>();
    List<Double> warmStarts = new ArrayList<>();
    double memory;
    try {
      Server server = start(dataDir);
      coldStarts.add(millis(server.start()));
      stop(server);
      for (int i = 0; i < 3; i++) {
        server = start(dataDir);
        warmStarts.add(millis(server.start()));
        if (i < 2) {
          stop(server);
        }
      }
      try {
        addUsers(server);
        System.out.println("warming up for " + 2 * WARM_UP.toSeconds() + " s");
        load(server, true, WARM_UP);
        load(server, false, WARM_UP);
        for (int round = 1; round <= rounds; round++) {
          System.out.println("round " + round + " of " + rounds);
          pgbench.add(pgbench(server));
          updates.add(load(server, true, length));
          reads.add(load(server, false, length));
        }
        memory = residentMegabytes(server.process().pid());
      } finally {
        stop(server);
      }
    } finally {
      delete(dataDir);
    }
    print(pgbench, updates, reads);
    System.out.printf(
        "%nstart on a new directory %.0f ms, on an existing one %.0f ms (median of %d); resident memory"
            + " after the load %.0f MiB%n",
        coldStarts.get(0), median(warmStarts), warmStarts.size(), memory);
  }

  private void print(List<Run> pgbench, List<Run> updates, List<Run> reads) {
    System.out.printf(
        "%n%d connections, %d rounds of %d s, %d processors; median of the rounds%n%n",
        connections, rounds, length.toSeconds(), Runtime.getRuntime().availableProcessors());
    System.out.printf(
        "%-34s %10s %9s %9s %14s %16s%n",
        "", "per second", "p50 ms", "p99 ms", "server us/req", "database us/req");
    row("pgbench: the same update", pgbench);
    row("UpdateUser, signed, no password", updates);
    row("GetNode, signed", reads);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(updates.get(i).perSecond() / pgbench.get(i).perSecond());
    }
    System.out.printf(
        "%nUpdateUser / pgbench within a round: median %.2f (%.2f to %.2f)%n",
        median(ratios),
        ratios.stream().min(Comparator.naturalOrder()).orElseThrow(),
        ratios.stream().max(Comparator.naturalOrder()).orElseThrow());
  }

  private static void row(String name, List<Run> runs) {
    System.out.printf(
        "%-34s %10.0f %9.2f %9.2f %14.0f %16.0f%n",
        name,
        median(runs.stream().map(Run::perSecond).toList()),
        median(runs.stream().map(Run::p50).toList()),
        median(runs.stream().map(Run::p99).toList()),
        median(runs.stream().map(Run::serverMicros).toList()),
        median(runs.stream().map(Run::databaseMicros).toList()));
  }

  // The server

  private Server start(Path dataDir) throws Exception {
    Path log = dataDir.resolve("server.log");
    Files.deleteIfExists(log);
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
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
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    while (true) {
      Matcher announced = ENDPOINT.matcher(Files.exists(log) ? Files.readString(log) : "");
      if (announced.find()) {
        return new Server(
            process,
            Integer.parseInt(announced.group(1)),
            dataDir,
            Duration.ofNanos(System.nanoTime() - begin));
      }
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("The server ended:\n" + Files.readString(log));
      }
    }
  }

  private static void stop(Server server) throws InterruptedException {
    server.process().destroy();
    server.process().waitFor();
  }

  /** One account for each connection, so that the rows, not their locks, are measured. */
  private void addUsers(Server server) throws Exception {
    try (Connection connection = new Connection(server.port())) {
      for (int i = 0; i < connections; i++) {
        byte[] request =
            request("POST", NODE + "/users", "{\"name\":\"username" + i + "\"}", server.port());
        connection.call(request, 201);
      }
    }
  }

  private Run load(Server server, boolean update, Duration length) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    long serverCpu = cpuNanos(server.process().pid());
    long databaseCpu = databaseCpuNanos(server);
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    List<Future<long[]>> parts = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int number = i;
      parts.add(threads.submit(() -> calls(server, update, number, end)));
    }
    List<long[]> latencies = new ArrayList<>();
    for (Future<long[]> part : parts) {
      latencies.add(part.get());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    threads.shutdown();
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Run(
        all.length / seconds,
        all[all.length / 2] / 1e6,
        all[(int) (all.length * 0.99)] / 1e6,
        (cpuNanos(server.process().pid()) - serverCpu) / 1e3 / all.length,
        (databaseCpuNanos(server) - databaseCpu) / 1e3 / all.length);
  }

  private static long[] calls(Server server, boolean update, int number, long end)
      throws Exception {
    long[] latencies = new long[1 << 16];
    int count = 0;
    try (Connection connection = new Connection(server.port())) {
      // Signed once: the server takes a repeated request, and checks the signature of each anew.
      byte[] request =
          update
              ? request("PUT", NODE + "/users/username" + number, BODY, server.port())
              : request("GET", NODE, "", server.port());
      while (System.nanoTime() < end) {
        long begin = System.nanoTime();
        connection.call(request, 200);
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, count * 2);
        }
        latencies[count++] = System.nanoTime() - begin;
      }
    }
    return Arrays.copyOf(latencies, count);
  }

  private static byte[] request(String method, String path, String body, int port)
      throws Exception {
    String date = HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
    String type = body.isEmpty() ? "" : "application/json; odata=minimalmetadata";
    String length = body.isEmpty() ? "" : Integer.toString(body.length());
    String toSign =
        method + "\n\n\n" + length + "\n\n" + type + "\n\n\n\n\n\n\nocp-date:" + date + "\n/"
            + ACCOUNT + path + "\n" + VERSION.replace('=', ':');
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    String signature =
        Base64.getEncoder().encodeToString(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
    StringBuilder request =
        new StringBuilder()
            .append(method).append(' ').append(path).append('?').append(VERSION)
            .append(" HTTP/1.1\r\nHost: localhost:").append(port)
            .append("\r\nocp-date: ").append(date)
            .append("\r\nAuthorization: SharedKey ").append(ACCOUNT).append(':').append(signature);
    if (!body.isEmpty()) {
      request.append("\r\nContent-Type: ").append(type).append("\r\nContent-Length: ").append(length);
    }
    return request.append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** A kept-alive connection that reads just enough of HTTP to know where an answer ends. */
  private static final class Connection implements AutoCloseable {

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;

    Connection(int port) throws IOException {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      out = socket.getOutputStream();
      in = new BufferedInputStream(socket.getInputStream(), 16384);
    }

    void call(byte[] request, int expected) throws IOException {
      out.write(request);
      out.flush();
      String status = line();
      int length = 0;
      boolean chunked = false;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(header.substring(15).strip());
        }
        chunked |= header.equalsIgnoreCase("transfer-encoding: chunked");
      }
      byte[] body = chunked ? chunks() : in.readNBytes(length);
      if (!status.contains(" " + expected + " ")) {
        throw new IOException(status + "\n" + new String(body, StandardCharsets.UTF_8));
      }
    }

    private byte[] chunks() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        int length = Integer.parseInt(line().strip(), 16);
        body.write(in.readNBytes(length));
        line();
        if (length == 0) {
          return body.toByteArray();
        }
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder(64);
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("The server closed the connection");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  // pgbench on the server's database

  private Run pgbench(Server server) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "pgbench", "-n", "-M", "prepared", "-r",
                "-c", Integer.toString(connections),
                "-j", "2",
                "-T", Long.toString(length.toSeconds()),
                "-h", "127.0.0.1",
                "-p", databasePort(server),
                "-U", "postgres"));
    for (int i = 0; i < connections; i++) {
      Path script = server.dataDir().resolve("pgbench-" + i + ".sql");
      Files.writeString(script, PGBENCH_SCRIPT.formatted(i));
      command.addAll(List.of("-f", script.toString()));
    }
    command.add("postgres");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put("PGPASSWORD", Files.readString(server.dataDir().resolve("postgresql.password")));
    long databaseCpu = databaseCpuNanos(server);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(
          "pgbench is needed for the comparison (Debian: apt-get install postgresql-contrib)", e);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
    double perSecond = number(output, "tps = ([0-9.]+)");
    double latency = number(output, "latency average = ([0-9.]+) ms");
    double transactions = perSecond * length.toSeconds();
    return new Run(
        perSecond,
        latency,
        Double.NaN,
        Double.NaN,
        (databaseCpuNanos(server) - databaseCpu) / 1e3 / transactions);
  }

  private static double number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(text);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static String databasePort(Server server) throws IOException {
    return postmaster(server).get(3).strip();
  }

  /** The postmaster.pid file of PostgreSQL: process, directory, start, port. */
  private static List<String> postmaster(Server server) throws IOException {
    return Files.readAllLines(server.dataDir().resolve("postgresql").resolve("postmaster.pid"));
  }

  // What the operating system counts (Linux)

  /** Processor time of a process in all its threads. */
  private static long cpuNanos(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toNanos)
        .orElse(0L);
  }

  /** Processor time of PostgreSQL: its processes that live, and those that ended. */
  private static long databaseCpuNanos(Server server) throws IOException {
    long pid = Long.parseLong(postmaster(server).get(0).strip());
    long nanos = cpuNanos(pid) + endedChildrenNanos(pid);
    return nanos
        + ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToLong(child -> cpuNanos(child.pid()))
            .sum();
  }

  private static long endedChildrenNanos(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    return ticks * 10_000_000L;
  }

  private static double residentMegabytes(long pid) throws IOException {
    return number(Files.readString(Path.of("/proc/" + pid + "/status")), "VmRSS:\\s+(\\d+)") / 1024;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
