package dev.roster.client.nimble;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.client.http.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the body of a refusal, whatever it is. */
final class ErrorAnswer {

  private static final String UNAUTHORIZED = "SM_http_unauthorized";
  private static final Pattern CODE = Pattern.compile("SM_[A-Za-z_]+");
  private static final Pattern MEMBER = Pattern.compile("[a-z_]+");

  private ErrorAnswer() {}

  static NimbleException read(Refusal refusal) {
    return read(refusal, NimbleException::new);
  }

  static NimbleLogInException readLogIn(Refusal refusal) {
    return read(refusal, NimbleLogInException::new);
  }

  /** Whether the session is dead: the same status without the code comes from elsewhere. */
  static boolean tellsDeadSession(Refusal refusal) {
    if (refusal.status() != 401) {
      return false;
    }
    for (JsonNode message : refusal.json().path("messages")) {
      if (UNAUTHORIZED.equals(message.path("code").asText())) {
        return true;
      }
    }
    return false;
  }

  private static <E extends NimbleException> E read(Refusal refusal, Kind<E> kind) {
    List<NimbleException.Message> messages = messages(refusal);
    if (messages.isEmpty()) {
      return kind.make(refusal, null, refusal.body(), messages);
    }
    NimbleException.Message main =
        messages.stream()
            .filter(message -> message.code() != null && !message.code().startsWith("SM_http_"))
            .findFirst()
            .orElse(messages.get(0));
    return kind.make(refusal, main.code(), main.text(), messages);
  }

  private static List<NimbleException.Message> messages(Refusal refusal) {
    List<NimbleException.Message> messages = new ArrayList<>();
    for (JsonNode message : refusal.json().path("messages")) {
      if (message.isObject()) {
        messages.add(
            new NimbleException.Message(
                name(refusal, message.path("code"), CODE),
                refusal.text(message.path("severity")),
                refusal.text(message.path("text")),
                arguments(refusal, message.path("arguments"))));
      }
    }
    return messages;
  }

  private static Map<String, String> arguments(Refusal refusal, JsonNode node) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> argument : node.properties()) {
      String value =
          argument.getKey().equals("arg")
              ? name(refusal, argument.getValue(), MEMBER)
              : refusal.text(argument.getValue());
      if (value != null) {
        arguments.put(argument.getKey(), value);
      }
    }
    return arguments;
  }

  /** A text that programs compare, which stays recognizable though a password is part of it. */
  private static String name(Refusal refusal, JsonNode node, Pattern plain) {
    return node.isTextual() && plain.matcher(node.asText()).matches()
        ? node.asText()
        : refusal.text(node);
  }

  /** Makes a kind of exception. */
  @FunctionalInterface
  private interface Kind<E> {
    E make(Refusal refusal, String code, String text, List<NimbleException.Message> messages);
  }
}
