package dev.roster.client.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What may stand in a path as one segment. */
public final class PathSegments {

  private PathSegments() {}

  /**
   * Refuses what a URL cannot carry, however it is escaped.
   *
   * @param segments ids and names, not yet escaped
   * @throws IllegalArgumentException if one is empty, is {@code .} or {@code ..}, or holds half a
   *     surrogate pair
   */
  public static void check(String... segments) {
    for (String segment : segments) {
      Objects.requireNonNull(segment, "id or name");
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || !StandardCharsets.UTF_8.newEncoder().canEncode(segment)) {
        throw new IllegalArgumentException("A URL cannot carry the id or name '" + segment + "'");
      }
    }
  }
}
