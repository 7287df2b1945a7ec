package dev.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged server in a process of its own, on free ports.
 *
 * <p>Needs the system property {@code testing.server-jar}, the path of {@code quarkus-run.jar}.
 * Uses nothing but the JDK, so that it can stand on any class path.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern ENDPOINT = Pattern.compile("Azure Batch\\s+(http://localhost:\\d+)");
  private static final Pattern HTTPS_ENDPOINT = Pattern.compile("\\s(https://localhost:\\d+)\\R");

  /** The second https address of its block; the first is the main port's. */
  private static final Pattern NIMBLE_ENDPOINT =
      Pattern.compile("HPE Nimble .*\\R +https://localhost:\\d+\\R +(https://localhost:\\d+)\\R");

  /** The second https address of its block; the first is the main port's. */
  private static final Pattern PACK_ADMIN_ENDPOINT =
      Pattern.compile("Azure Pack .*\\R +https://localhost:\\d+\\R +(https://localhost:\\d+)\\R");

  private static final Pattern PACK_TENANT_ENDPOINT =
      Pattern.compile(" (https://localhost:\\d+) +\\(tenant interface\\)");

  private static final Pattern TRUST_STORE =
      Pattern.compile("  for Java +(.+)   password changeit");
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final Path log;
  private final URI endpoint;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    try {
      this.endpoint = awaitEndpoint();
    } catch (RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Starts a server with the JVM of the tests and waits until it answers.
   *
   * @param dataDir its data directory; the log goes to {@code server.log} in it
   * @param properties such as {@code roster.sample-world}
   */
  public static ServerProcess start(Path dataDir, Map<String, String> properties) {
    return start(Path.of(System.getProperty("java.home")), dataDir, properties);
  }

  /**
   * Starts a server with another JVM and waits until it answers.
   *
   * @param javaHome of that JVM
   */
  public static ServerProcess start(Path javaHome, Path dataDir, Map<String, String> properties) {
    return start(dataDir, command(javaHome, dataDir, properties));
  }

  /**
   * Starts a copy of the server and waits until it answers.
   *
   * @param jar its {@code quarkus-run.jar}
   */
  public static ServerProcess startJar(Path jar, Path dataDir, Map<String, String> properties) {
    List<String> command = command(Path.of(System.getProperty("java.home")), dataDir, properties);
    command.set(command.size() - 1, jar.toString());
    return start(dataDir, command);
  }

  private static ServerProcess start(Path dataDir, List<String> command) {
    try {
      Files.createDirectories(dataDir);
      Path log = dataDir.resolve("server.log");
      Files.deleteIfExists(log);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(log.toFile()))
              .start();
      return new ServerProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The command that starts a server, for tests of starts that fail.
   *
   * @param properties override the defaults: free ports and cheap password hashes
   */
  public static List<String> command(Path javaHome, Path dataDir, Map<String, String> properties) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.add("-Xmx256m");
    // It lives for too short a time to earn back what the optimizing compiler costs.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Droster.data-dir=" + dataDir);
    if (!properties.containsKey("roster.cache-dir")) {
      // All tests of a build share it.
      Path target = Path.of(System.getProperty("testing.server-jar")).resolve("../..");
      command.add("-Droster.cache-dir=" + target.resolve("roster-cache").normalize());
    }
    for (String port :
        List.of(
            "roster.http.port",
            "roster.https.port",
            "roster.nimble.https.port",
            "roster.pack.admin.port",
            "roster.pack.tenant.port")) {
      if (!properties.containsKey(port)) {
        command.add("-D" + port + "=0");
      }
    }
    command.add("-Droster.passwords.allow-cheap=true");
    command.add("-Droster.passwords.memory-kib=64");
    command.add("-Droster.passwords.iterations=1");
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-jar");
    command.add(System.getProperty("testing.server-jar"));
    return command;
  }

  /** Where it listens, such as {@code http://localhost:41234}. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Where it listens for https, such as {@code https://localhost:41235}.
   *
   * @throws IllegalStateException if it does not
   */
  public URI httpsEndpoint() {
    return URI.create(announced(HTTPS_ENDPOINT));
  }

  /**
   * Where it listens as an array does, such as {@code https://localhost:41236}.
   *
   * @throws IllegalStateException if it does not
   */
  public URI nimbleEndpoint() {
    return URI.create(announced(NIMBLE_ENDPOINT));
  }

  /**
   * Where the administrator interface of Azure Pack is, such as {@code https://localhost:41237}.
   *
   * @throws IllegalStateException if it is closed
   */
  public URI packAdminEndpoint() {
    return URI.create(announced(PACK_ADMIN_ENDPOINT));
  }

  /**
   * Where the tenant interface of Azure Pack is, such as {@code https://localhost:41238}.
   *
   * @throws IllegalStateException if it is closed
   */
  public URI packTenantEndpoint() {
    return URI.create(announced(PACK_TENANT_ENDPOINT));
  }

  /**
   * What trusts the certificate that it made: PKCS12, password {@code changeit}.
   *
   * @throws IllegalStateException if it made none
   */
  public Path trustStore() {
    return Path.of(announced(TRUST_STORE));
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /**
   * What it ended with.
   *
   * @throws IllegalThreadStateException if it still runs
   */
  public int exitCode() {
    return process.exitValue();
  }

  /** Everything it has written so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone; its database stays behind. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private String announced(Pattern pattern) {
    Matcher announced = pattern.matcher(log());
    if (!announced.find()) {
      throw new IllegalStateException("The server did not announce it:\n" + log());
    }
    return announced.group(1);
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The server did not end:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private URI awaitEndpoint() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher announced = ENDPOINT.matcher(log());
      if (announced.find()) {
        return URI.create(announced.group(1));
      }
      try {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("The server ended:\n" + log());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("The server did not start:\n" + log());
  }
}
