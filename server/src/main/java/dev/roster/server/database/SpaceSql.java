package dev.roster.server.database;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SQL statement with named parameters, of which {@code :space} is one.
 *
 * <p>SQL is out of reach for what keeps Hibernate's own queries within their space, so a statement
 * that forgets the space is refused when its class is loaded.
 */
public final class SpaceSql {

  static final String SPACE = "space";

  /** A colon and a name, which is not the second colon of a cast. */
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");

  private final String text;
  private final List<String> parameters;

  private SpaceSql(String text, List<String> parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  /**
   * Reads a statement.
   *
   * @param text with parameters such as {@code :pool}; string literals may not contain colons
   * @throws IllegalArgumentException if it does not name {@code :space}
   */
  public static SpaceSql of(String text) {
    List<String> parameters = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(text);
    StringBuilder positional = new StringBuilder();
    while (matcher.find()) {
      parameters.add(matcher.group(1));
      matcher.appendReplacement(positional, "?");
    }
    matcher.appendTail(positional);
    if (!parameters.contains(SPACE)) {
      throw new IllegalArgumentException("The statement names no space: " + text);
    }
    return new SpaceSql(positional.toString(), List.copyOf(parameters));
  }

  /** The statement as JDBC takes it. */
  String text() {
    return text;
  }

  /** The names of the parameters in the order of their question marks. */
  List<String> parameters() {
    return parameters;
  }
}
