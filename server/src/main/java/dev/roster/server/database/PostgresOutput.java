package dev.roster.server.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PostgreSQL program writes: appended to the log file, the last lines kept in memory.
 *
 * <p>The memory tells why a program failed where the log file cannot: on a full disk.
 */
final class PostgresOutput {

  private static final int KEPT_LINES = 200;

  /** A line of PostgreSQL's log behind its time and process, or of initdb. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?:^|.*\\] )(FATAL|PANIC|LOG|DETAIL|initdb: error|unshare|roster): +(.*)",
          Pattern.DOTALL);

  private final Deque<String> lines = new ArrayDeque<>();
  private final Path log;
  private final Thread reader;

  PostgresOutput(InputStream output, Path log) {
    this.log = log;
    this.reader = new Thread(() -> read(output), "PostgreSQL log");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Why the program failed, in its own words.
   *
   * @return one line; empty if it did not say
   */
  String reason() {
    String refused = "";
    String fatal = "";
    String last = "";
    for (String line : kept()) {
      Matcher message = MESSAGE.matcher(line);
      if (message.matches()) {
        String text = message.group(2);
        switch (message.group(1)) {
          case "LOG" -> refused = text.startsWith("could not ") ? text : refused;
          case "DETAIL" ->
              fatal = fatal.equals(last) && !fatal.isEmpty() ? fatal + ": " + text : fatal;
          default -> fatal = fatal.isEmpty() ? text : fatal;
        }
        last = text;
      }
    }
    // What could not be done, such as listening on a port, comes before that nothing else is left.
    return fatal.isEmpty() || fatal.startsWith("could not create any") ? refused : fatal;
  }

  /** Waits until everything has been read, once the program has ended. */
  void await(long millis) throws InterruptedException {
    reader.join(millis);
  }

  private List<String> kept() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private void read(InputStream output) {
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        synchronized (lines) {
          lines.addLast(line);
          if (lines.size() > KEPT_LINES) {
            lines.removeFirst();
          }
        }
        append(line);
      }
    } catch (IOException e) {
      // The program has ended.
      append(e.toString());
    }
  }

  private void append(String line) {
    try {
      if (!Files.exists(log)
          && log.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            log,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      try (Writer writer =
          Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        writer.write(line + System.lineSeparator());
      }
    } catch (IOException e) {
      // A full disk must not stop the reading, or PostgreSQL would wait for it.
      assert log != null;
    }
  }
}
