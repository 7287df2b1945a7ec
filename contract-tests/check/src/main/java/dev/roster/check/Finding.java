package dev.roster.check;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Something that is not as a contract says, and where.
 *
 * @param ruleId id of a rule, or the kind of a fault
 * @param file path with slashes, relative to where the caller is
 * @param line from 1
 */
public record Finding(String ruleId, String message, String file, int line) {

  /** As compilers tell it. */
  @Override
  public String toString() {
    return "%s:%d: error: %s".formatted(file, line, message);
  }

  /** The file as a reference of a URI. */
  String uri() {
    try {
      return new URI(null, null, file.replace('\\', '/'), null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(file, e);
    }
  }
}
