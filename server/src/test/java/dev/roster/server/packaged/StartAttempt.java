package dev.roster.server.packaged;

import dev.roster.testing.ServerProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A start of the packaged server that is not expected to get far. */
final class StartAttempt {

  private static final long PATIENCE_SECONDS = 300;

  private final Process process;
  private final Path log;

  private StartAttempt(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static StartAttempt begin(Path dataDir, Map<String, String> properties) throws IOException {
    return begin(dataDir, properties, Map.of(), Path.of("").toAbsolutePath());
  }

  /**
   * Begins a start.
   *
   * @param environment variables that it has beside those of the tests
   * @param directory that it works in, where {@code .env} and {@code config} are looked for
   */
  static StartAttempt begin(
      Path dataDir, Map<String, String> properties, Map<String, String> environment, Path directory)
      throws IOException {
    Path log = Files.createTempFile("roster-start", ".log");
    log.toFile().deleteOnExit();
    Path javaHome = Path.of(System.getProperty("java.home"));
    ProcessBuilder start =
        new ProcessBuilder(ServerProcess.command(javaHome, dataDir, properties))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()));
    start.environment().putAll(environment);
    return new StartAttempt(start.start(), log);
  }

  /** Waits until a file of the start is there. */
  StartAttempt reaches(Path file) {
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(10, TimeUnit.MILLISECONDS)
        .until(() -> Files.exists(file) || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("The start ended with " + process.exitValue());
    }
    return this;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it as {@code kill} does. */
  StartAttempt terminate() {
    process.destroy();
    return this;
  }

  /** Lets it run for a while. */
  StartAttempt lives(Duration time) throws InterruptedException {
    process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    return this;
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    return exitCode(Duration.ofSeconds(PATIENCE_SECONDS));
  }

  /** Waits for its end, not longer than the patience. */
  int exitCode(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The start did not end");
    }
    return process.exitValue();
  }

  /** What it wrote, line by line. */
  List<String> output() throws IOException {
    return Files.readAllLines(log);
  }
}
