package dev.roster.client.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A request that the service refused, its answer, and the secrets that must not be repeated. */
public final class Refusal {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z]+");
  private static final int LONGEST_LINE = 200;
  private static final String MASK = "***";

  private final String name;
  private final HttpRequest request;
  private final HttpResponse<byte[]> answer;
  private final List<String> secrets;

  Refusal(String name, HttpRequest request, HttpResponse<byte[]> answer) {
    this(name, request, answer, List.of());
  }

  private Refusal(
      String name, HttpRequest request, HttpResponse<byte[]> answer, List<String> secrets) {
    this.name = name;
    this.request = request;
    this.answer = answer;
    this.secrets = secrets;
  }

  /**
   * Adds a secret that was sent.
   *
   * @param secret the secret; null or empty if there was none
   * @return the same refusal, which masks this secret too
   */
  public Refusal hiding(String secret) {
    if (secret == null || secret.isEmpty()) {
      return this;
    }
    List<String> more = new ArrayList<>(secrets);
    more.add(secret);
    // As it stood in the body, should that come back as a whole.
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
    if (!quoted.equals(secret)) {
      more.add(quoted);
    }
    return new Refusal(name, request, answer, List.copyOf(more));
  }

  /**
   * Tells the HTTP status.
   *
   * @return such as 404
   */
  public int status() {
    return answer.statusCode();
  }

  /**
   * Tells the headers of the answer.
   *
   * @return the headers
   */
  public HttpHeaders headers() {
    return answer.headers();
  }

  /**
   * Tells a header of the answer.
   *
   * @param header name in any case
   * @return its first value with secrets masked; null if there is none
   */
  public String header(String header) {
    return mask(answer.headers().firstValue(header).orElse(null));
  }

  /**
   * Tells a header of the request.
   *
   * @param header name in any case
   * @return its first value; null if there is none
   */
  public String sentHeader(String header) {
    return request.headers().firstValue(header).orElse(null);
  }

  /**
   * Reads the body as a JSON object.
   *
   * @return the object, its secrets not masked; a missing node if the body is anything else
   */
  public JsonNode json() {
    try {
      JsonNode json = JSON.readTree(answer.body());
      return json != null && json.isObject() ? json : MissingNode.getInstance();
    } catch (IOException e) {
      // A proxy's page, for example.
      return MissingNode.getInstance();
    }
  }

  /**
   * Reads the body as text.
   *
   * @return the whole body with its secrets masked; null if it is blank
   */
  public String body() {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    return body.isBlank() ? null : mask(body);
  }

  /**
   * Reads a text for people.
   *
   * @param node a JSON string, number or boolean
   * @return its text with secrets masked; null if it is anything else
   */
  public String text(JsonNode node) {
    return mask(raw(node));
  }

  /**
   * Reads the name of an error or a member, which programs compare.
   *
   * @param node a JSON string, number or boolean
   * @return the name; null if it is anything else
   */
  public String name(JsonNode node) {
    String text = raw(node);
    // Somebody's password is "email", and the member of that name has to stay recognizable.
    return text == null || PLAIN_NAME.matcher(text).matches() ? text : mask(text);
  }

  /**
   * Writes the message of the API's exception.
   *
   * @param code name of the error; null if there is none
   * @param text text for people, of which the first line is taken; null if there is none
   * @param details written as they are; may be empty
   * @return one line
   */
  public String message(String code, String text, List<?> details) {
    StringBuilder message = new StringBuilder(name).append(" answered ").append(status());
    if (code != null) {
      message.append(' ').append(code);
    }
    if (text != null) {
      String line = text.strip().lines().findFirst().orElse("");
      message
          .append(": ")
          .append(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line);
    }
    if (!details.isEmpty()) {
      message.append(' ').append(details);
    }
    return message.toString();
  }

  /**
   * Writes the message of the API's exception, with the service's id of the request.
   *
   * @param code as for the other method
   * @param text as for the other method
   * @param details as for the other method
   * @param idHeader name of the header with the id
   * @return one line
   */
  public String message(String code, String text, List<?> details, String idHeader) {
    String message = message(code, text, details);
    String id = header(idHeader);
    return id == null ? message : message + " (" + idHeader + " " + id + ")";
  }

  private static String raw(JsonNode node) {
    return node.isValueNode() ? node.asText(null) : null;
  }

  private String mask(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked == null ? null : masked.replace(secret, MASK);
    }
    return masked;
  }
}
