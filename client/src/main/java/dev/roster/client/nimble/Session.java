package dev.roster.client.nimble;

import dev.roster.client.nimble.model.Token;
import java.util.Map;

/**
 * A session of this client.
 *
 * @param id id of the token, which stands in paths
 * @param token what X-Auth-Token holds, which is as secret as a password
 */
record Session(String id, String token) {

  static Session of(Token token) {
    if (token.getId() == null || token.getId().isEmpty() || !isUsable(token.getSessionToken())) {
      throw new NimbleTransportException(
          "The log-in was answered without an id and a session token that can be used", null);
    }
    return new Session(token.getId(), token.getSessionToken());
  }

  Map<String, String> headers() {
    return Map.of("X-Auth-Token", token);
  }

  @Override
  public String toString() {
    return "Session[" + id + "]";
  }

  // Java's HTTP client would refuse others with a message that quotes the token.
  private static boolean isUsable(String token) {
    return token != null && !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
