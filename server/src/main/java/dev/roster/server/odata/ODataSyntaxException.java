package dev.roster.server.odata;

/**
 * A query option that cannot be understood; the message is one sentence for the client.
 *
 * <p>It names the position, counted from 1 in UTF-16 units, and repeats at most 80 characters of
 * the option, without control characters.
 */
public final class ODataSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_EXCERPT = 80;
  private static final String ELLIPSIS = "...";

  private final int position;

  ODataSyntaxException(int position, String problem) {
    super("At position " + position + ", " + problem + ".");
    this.position = position;
  }

  /** Where the problem starts, from 1; one more than the length where something is missing. */
  public int position() {
    return position;
  }

  /** Quotes what the client sent, made safe for messages and logs. */
  static String excerpt(String input) {
    StringBuilder excerpt = new StringBuilder("\"");
    int offset = 0;
    while (offset < input.length()) {
      int character = input.codePointAt(offset);
      int next = offset + Character.charCount(character);
      if (next > LONGEST_EXCERPT - ELLIPSIS.length() && input.length() > LONGEST_EXCERPT) {
        excerpt.append(ELLIPSIS);
        break;
      }
      excerpt.appendCodePoint(isHarmless(character) ? character : '?');
      offset = next;
    }
    return excerpt.append('"').toString();
  }

  // Line breaks would forge log lines; format characters can reverse the text around them.
  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
