package dev.roster.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A finished run of the packaged jar in a process of its own.
 *
 * <p>Needs the system property {@code testing.contract-check}, the path of the jar.
 */
record CheckRun(int exitCode, String out, String err) {

  private static final long PATIENCE_MINUTES = 10;

  /**
   * Runs the jar.
   *
   * @param properties of the JVM, such as {@code testing.rule-coverage}
   * @param environment what it has beyond that of the tests
   */
  static CheckRun of(
      Map<String, String> properties, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:TieredStopAtLevel=1");
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-jar");
    command.add(System.getProperty("testing.contract-check"));
    command.addAll(List.of(arguments));
    try {
      Path folder = Files.createTempDirectory("contract-check-run");
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.to(out.toFile()))
              .redirectError(Redirect.to(err.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("It did not end:\n" + Files.readString(out));
      }
      return new CheckRun(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static CheckRun of(String... arguments) {
    return of(Map.of(), Map.of(), arguments);
  }
}
