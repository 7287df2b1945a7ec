package dev.roster.server.http;

/** Tells which texts PostgreSQL can keep as they are. */
public final class StorableText {

  private StorableText() {}

  /** Whether a text has neither a NUL nor half a surrogate pair. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      } else if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
