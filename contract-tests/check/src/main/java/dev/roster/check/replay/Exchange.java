package dev.roster.check.replay;

import dev.roster.testing.Answer;

/**
 * What was asked and what came.
 *
 * @param request its first line
 */
record Exchange(String request, Answer answer) {

  private static final int MOST_CHARACTERS = 500;

  /** The answer in one line. */
  String came() {
    String text = answer.text().strip();
    return answer.status() + (text.isEmpty() ? " without body" : " " + shortened(text));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= MOST_CHARACTERS
        ? line
        : line.substring(0, MOST_CHARACTERS) + "... (" + line.length() + " characters)";
  }
}
