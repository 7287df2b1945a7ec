package dev.roster.server.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running PostgreSQL program that ends when this process ends, however that happens.
 *
 * <p>A watcher waits for the end of a pipe that this process holds, and then sends SIGTERM, which
 * ends a program that is only starting, and SIGINT, which makes a running PostgreSQL roll back and
 * shut down. Closing the pipe stops the program in the same way. Where there is no shell (Windows)
 * there is no watcher: the next start stops what was left.
 */
final class PostgresProcess {

  private static final Path SHELL = Path.of("/bin/sh");

  /**
   * Becomes the program, which is therefore a child of this process. The watcher is an orphan,
   * because PostgreSQL expects no children but its own; it ignores the signals of a terminal. Where
   * setsid exists, it keeps these signals from PostgreSQL, too, which has to outlive the requests.
   */
  private static final String SCRIPT =
      String.join(
          "\n",
          "exec 3<&0 </dev/null",
          "( trap '' HUP INT TERM",
          "  cd /",
          "  exec sh -c 'read -r line; kill -TERM \"$1\" && kill -INT \"$1\"' \\",
          "    roster-watcher $$ <&3 3<&- >/dev/null 2>&1 & )",
          "exec 3<&-",
          "command -v setsid >/dev/null && exec setsid \"$@\"",
          "exec \"$@\"");

  private static final Duration DRAIN_PATIENCE = Duration.ofMillis(300);

  private final Process process;
  private final PostgresOutput output;
  private final boolean watched;

  private PostgresProcess(Process process, PostgresOutput output, boolean watched) {
    this.process = process;
    this.output = output;
    this.watched = watched;
  }

  /**
   * Starts a program.
   *
   * @param log the file to which its output is appended
   */
  static PostgresProcess start(List<String> command, Path log) throws IOException {
    boolean watched = !File.separator.equals("\\") && Files.isExecutable(SHELL);
    List<String> whole = new ArrayList<>();
    if (watched) {
      whole.addAll(List.of(SHELL.toString(), "-c", SCRIPT, "roster"));
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    // The language of the messages, which are looked at.
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    return new PostgresProcess(process, new PostgresOutput(process.getInputStream(), log), watched);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end; false if it still runs. */
  boolean hasEndedWithin(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      output.await(DRAIN_PATIENCE.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /** Waits for its end. */
  void awaitEnd() {
    while (!hasEndedWithin(Duration.ofDays(1))) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** Whether it ended as it should. */
  boolean hasSucceeded() {
    return process.exitValue() == 0;
  }

  /** Why it ended: its own words or else its exit code. */
  String reason() {
    String reason = output.reason();
    return reason.isEmpty() ? "exit code " + process.exitValue() : reason;
  }

  /**
   * Asks it to roll back and end, and waits.
   *
   * @return false if it still runs
   */
  boolean stop(Duration patience) {
    if (watched) {
      closeInput();
    } else {
      process.destroy();
    }
    return hasEndedWithin(patience);
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
