package dev.roster.server.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The environment variable of a property, such as {@code ROSTER_HTTP_PORT} for {@code
 * roster.http.port}.
 *
 * <p>Source: the mapping rules of MicroProfile Config.
 */
final class EnvironmentForm {

  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9]");

  private EnvironmentForm() {}

  /** The form of a property's name; that of a variable's name is the name in capitals. */
  static String of(String name) {
    return OTHER.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
  }
}
