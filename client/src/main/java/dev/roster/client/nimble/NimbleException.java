package dev.roster.client.nimble;

import dev.roster.client.ServiceException;
import dev.roster.client.http.Refusal;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The array, or a proxy before it, refused a request; {@link NimbleLogInException} if it was the
 * log-in.
 *
 * <p>{@link #code()} and {@link #text()} are those of the first message that says more than the
 * HTTP status, such as {@code SM_enoent}; a message like {@code SM_http_not_found} counts only when
 * there is no other. An array numbers no requests, so {@link #requestId()} and {@link
 * #clientRequestId()} are null.
 *
 * <p>The exception's message names the request, the status, the code, the first line of the text
 * and the arguments. Passwords and tokens that were sent are masked in all of them, should the
 * array repeat them.
 *
 * <p>Source: schema Errors of the contract.
 */
public class NimbleException extends ServiceException {

  private static final long serialVersionUID = 1L;

  private final List<Message> messages;

  NimbleException(Refusal refusal, String code, String text, List<Message> messages) {
    super(refusal.message(code, text, written(messages)), refusal.status(), code, text, null, null);
    this.messages = List.copyOf(messages);
  }

  /**
   * Tells all messages of the error in the array's order, as a rule the HTTP status in words first.
   *
   * @return empty if the body was not the API's error
   */
  public final List<Message> messages() {
    return messages;
  }

  /**
   * Tells whether one of the messages has a code.
   *
   * @param code such as {@code SM_eexist}; case counts
   * @return true if there is such a message
   */
  public final boolean hasCode(String code) {
    return messages.stream().anyMatch(message -> code.equals(message.code()));
  }

  /**
   * Tells one argument of the messages.
   *
   * @param key such as {@code arg}, the member that is missing or has a wrong value
   * @return its value in the first message that has it
   */
  public final Optional<String> argument(String key) {
    return messages.stream()
        .filter(message -> message.arguments().containsKey(key))
        .map(message -> message.arguments().get(key))
        .findFirst();
  }

  /**
   * Tells whether the session is dead, even the one that was made anew for this call, or the log-in
   * was refused.
   *
   * @return true for status 401
   */
  public final boolean isUnauthorized() {
    return status() == 401;
  }

  /**
   * Tells whether the role of the session's user does not permit the request, or the array protects
   * the object from it.
   *
   * @return true for status 403
   */
  public final boolean isForbidden() {
    return status() == 403;
  }

  /**
   * Tells whether the object is unknown.
   *
   * @return true for status 404
   */
  public final boolean isNotFound() {
    return status() == 404;
  }

  /**
   * Tells whether the request is at odds with what is there, such as a name that is taken.
   *
   * @return true for status 409
   */
  public final boolean isConflict() {
    return status() == 409;
  }

  private static List<String> written(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> message.arguments().entrySet().stream())
        .map(argument -> argument.getKey() + "=" + argument.getValue())
        .toList();
  }

  /**
   * One message of an error.
   *
   * @param code fixed name, which programs should compare, such as {@code SM_missing_arg}; null if
   *     the array sent none
   * @param severity {@code error}, or another of the array's levels; null if it sent none
   * @param text text for people; null if the array sent none
   * @param arguments what is concerned, by kind, such as {@code arg} to {@code password}; empty if
   *     there is nothing to name
   */
  public record Message(String code, String severity, String text, Map<String, String> arguments)
      implements Serializable {

    /** Takes the parts and keeps the order of the arguments. */
    public Message {
      arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** Writes it as {@code code: text}, with its arguments if it has some. */
    @Override
    public String toString() {
      return code + ": " + text + (arguments.isEmpty() ? "" : " " + arguments);
    }
  }
}
