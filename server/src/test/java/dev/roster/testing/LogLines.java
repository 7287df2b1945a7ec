package dev.roster.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Everything that is logged, at every level, until it is closed. */
public final class LogLines implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final Level levelBefore = root.getLevel();
  private final Keeper keeper = new Keeper();

  /** Keeps every line with its logger and its stack trace. */
  private static final class Keeper extends Handler {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord logged) {
      StringWriter line = new StringWriter();
      line.append(logged.getLoggerName()).append(": ");
      line.append(ExtLogRecord.wrap(logged).getFormattedMessage());
      if (logged.getThrown() != null) {
        logged.getThrown().printStackTrace(new PrintWriter(line));
      }
      lines.add(line.toString());
    }

    @Override
    public void flush() {
      // nothing is buffered
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** Begins to listen. */
  public LogLines() {
    keeper.setLevel(Level.ALL);
    root.addHandler(keeper);
    root.setLevel(Level.ALL);
  }

  /** The lines so far, each with the name of its logger before it. */
  public List<String> lines() {
    return List.copyOf(keeper.lines);
  }

  @Override
  public void close() {
    root.setLevel(levelBefore);
    root.removeHandler(keeper);
  }
}
