package dev.roster.check.pact;

import java.util.List;
import java.util.Map;

/**
 * A request or an answer, as a pact gives it as example.
 *
 * @param headers with the names as written
 * @param body empty without one
 * @param pointer to it in the file
 * @param bodyPointer to its body in the file
 */
record HttpPart(
    Map<String, List<String>> headers, byte[] body, String pointer, String bodyPointer) {}
