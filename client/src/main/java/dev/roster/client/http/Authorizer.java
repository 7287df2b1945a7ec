package dev.roster.client.http;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes the Authorization header of a request. */
@FunctionalInterface
public interface Authorizer {

  /**
   * Makes the value of Authorization.
   *
   * @param method HTTP method, in upper case
   * @param uri URL exactly as sent
   * @param headers all other headers, Content-Length included if it will be sent
   * @return scheme and credential with a space between them; null to send none
   */
  String authorization(String method, URI uri, Map<String, String> headers);

  /**
   * Sends no Authorization, for an API that has a header of its own.
   *
   * @return an authorizer that makes nothing
   */
  static Authorizer none() {
    return (method, uri, headers) -> null;
  }

  /**
   * Asks for a token per request.
   *
   * @param token the source of tokens; white space around a token is dropped
   * @return an authorizer that fails with {@link IllegalStateException} on a token that no header
   *     can carry, without quoting it
   */
  static Authorizer bearer(Supplier<String> token) {
    Objects.requireNonNull(token, "token");
    return (method, uri, headers) -> "Bearer " + checked(token.get());
  }

  private static String checked(String token) {
    // Files and commands that hold a token often end in a line break.
    String stripped = token == null ? "" : token.strip();
    if (stripped.isEmpty()) {
      throw new IllegalStateException("The bearer supplier returned no token");
    }
    // The HTTP client would refuse these with a message that quotes the token.
    if (!stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalStateException(
          "The bearer supplier returned a token with characters that a header cannot carry");
    }
    return stripped;
  }
}
