package dev.roster.server.nimble;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Ids of objects: 42 hexadecimal digits, two for the type, 16 for the group of arrays and 24 for a
 * serial number.
 */
final class ObjectId {

  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{42}");

  /** The group of the documentation's samples. */
  private static final String GROUP = "00000000000004d3";

  /** What kind of object an id is of. */
  enum Type {
    ARRAY("09"),
    POOL("0a"),
    USER("10"),
    ROLE("15"),
    /** No source shows the id of a token; nothing else that is known has this type. */
    TOKEN("19");

    private final String prefix;

    Type(String digits) {
      this.prefix = digits + GROUP;
    }

    /** The id of an object, in lower case. */
    String id(long serial) {
      return prefix + "%024x".formatted(serial);
    }

    /** The serial number in an id; empty if it cannot be that of an object of this type. */
    OptionalLong serial(String id) {
      String lower = id.toLowerCase(Locale.ROOT);
      if (!isWellFormed(id) || !lower.startsWith(prefix)) {
        return OptionalLong.empty();
      }
      try {
        return OptionalLong.of(Long.parseLong(lower.substring(prefix.length()), 16));
      } catch (NumberFormatException e) {
        // No serial number is that high.
        return OptionalLong.empty();
      }
    }
  }

  private ObjectId() {}

  /**
   * An id out of a path.
   *
   * @throws dev.roster.server.error.ApiException SM_invalid_path_variable
   */
  static String ofPath(String id) {
    if (!isWellFormed(id)) {
      throw NimbleErrors.invalidPathVariable(id);
    }
    return id;
  }

  private static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }
}
