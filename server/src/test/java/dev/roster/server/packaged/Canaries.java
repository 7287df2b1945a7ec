package dev.roster.server.packaged;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Texts that nothing else contains; all begin alike, so that one search finds any of them. */
final class Canaries {

  private static final String START = "Zq7Canary5x";
  private static final String START_OF_NUMBER = "8375109264";

  private final List<String> forms = new ArrayList<>();
  private int sent;

  Canaries() {
    add(START);
    forms.add(START_OF_NUMBER);
  }

  String next() {
    sent++;
    return START + sent;
  }

  /** One that is a number in JSON. */
  String nextNumber() {
    sent++;
    return START_OF_NUMBER + (1000 + sent);
  }

  int sent() {
    return sent;
  }

  /** Looks for another text, too: as it is, in UTF-16 and in base64, wherever in it that begins. */
  void add(String text) {
    forms.add(text);
    forms.add(new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = ("x".repeat(before) + text).getBytes(StandardCharsets.UTF_8);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // Without the digits that also depend on what is before and after.
      forms.add(base64.substring(before == 0 ? 0 : before + 1, base64.length() - 2));
    }
  }

  /** Whether a text, or bytes read as ISO 8859-1, has any of them. */
  boolean in(String content) {
    return forms.stream().anyMatch(content::contains);
  }
}
