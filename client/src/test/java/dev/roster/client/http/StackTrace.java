package dev.roster.client.http;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a log would show of an exception. */
public final class StackTrace {

  private StackTrace() {}

  /** The messages of an exception and its causes, and where they come from. */
  public static String of(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
