package dev.roster.server.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of an If-Match or If-None-Match header (RFC 9110, section 13.1): any entity, or a list
 * of entity tags.
 *
 * <p>Tags are taken with and without quotes, because some vendors write them without.
 *
 * @param any whether the value is, or contains, {@code *}
 */
public record EntityTags(boolean any, List<Tag> tags) {

  /**
   * One entity tag.
   *
   * @param opaque without quotes
   */
  public record Tag(boolean weak, String opaque) {}

  /** Copies the tags. */
  public EntityTags {
    tags = List.copyOf(tags);
  }

  /** Reads a header's value; whatever it is, it is a list of tags, maybe an empty one. */
  public static EntityTags parse(String value) {
    boolean any = false;
    List<Tag> tags = new ArrayList<>();
    int position = 0;
    while (position < value.length()) {
      if (value.charAt(position) == ',' || Character.isWhitespace(value.charAt(position))) {
        position++;
        continue;
      }
      boolean weak = value.startsWith("W/", position);
      int start = weak ? position + 2 : position;
      int end = end(value, start);
      String opaque = unquoted(value.substring(start, end).strip());
      if (opaque.equals("*") && !weak && value.charAt(start) == '*') {
        any = true;
      } else {
        tags.add(new Tag(weak, opaque));
      }
      position = end;
    }
    return new EntityTags(any, tags);
  }

  /** Where a tag ends; a comma within quotes is part of it. */
  private static int end(String value, int start) {
    if (start < value.length() && value.charAt(start) == '"') {
      int quote = value.indexOf('"', start + 1);
      return quote < 0 ? value.length() : quote + 1;
    }
    int comma = value.indexOf(',', start);
    return comma < 0 ? value.length() : comma;
  }

  private static String unquoted(String tag) {
    boolean quoted = tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"");
    return quoted ? tag.substring(1, tag.length() - 1) : tag;
  }

  /** Whether the entity with one of these tags, without quotes, is named; weak tags count. */
  public boolean nameWeakly(List<String> opaque) {
    return any || tags.stream().anyMatch(tag -> opaque.contains(tag.opaque()));
  }

  /** Whether the entity with one of these tags, without quotes, is named; weak tags never are. */
  public boolean nameStrongly(List<String> opaque) {
    return any || tags.stream().anyMatch(tag -> !tag.weak() && opaque.contains(tag.opaque()));
  }
}
