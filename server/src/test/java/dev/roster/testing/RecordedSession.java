package dev.roster.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A session of a real service that a vendor's repository publishes, as facts: what was asked and
 * what the answer was like.
 *
 * <p>The facts lie in {@code recorded/<api>.json}. An exchange says what differs here and why, or
 * why it cannot be compared at all.
 */
public final class RecordedSession {

  /** Makes the requests of an API. */
  @FunctionalInterface
  public interface Caller {

    /**
     * Begins a request with api-version.
     *
     * @param target path and query, encoded
     * @param credentials whether it has them
     */
    Call call(String method, String target, boolean credentials);
  }

  private final JsonNode file;
  private final JsonNode session;

  private RecordedSession(JsonNode file, JsonNode session) {
    this.file = file;
    this.session = session;
  }

  /** The names of the sessions of an API, such as {@code azure-batch}, in the file's order. */
  public static List<String> names(String api) {
    List<String> names = new ArrayList<>();
    file(api).get("sessions").forEach(session -> names.add(session.get("name").asText()));
    return names;
  }

  /** One session of an API. */
  public static RecordedSession of(String api, String name) {
    JsonNode file = file(api);
    for (JsonNode session : file.get("sessions")) {
      if (session.get("name").asText().equals(name)) {
        return new RecordedSession(file, session);
      }
    }
    throw new IllegalArgumentException(name);
  }

  /**
   * Repeats the requests in their order and compares the answers.
   *
   * @param known what stands in braces in the facts: {@code base} for the server's origin, and ids
   * @return the differences that the facts do not name, empty if there are none
   */
  public List<String> replay(Caller caller, Map<String, String> known) {
    Map<String, String> variables = new LinkedHashMap<>(known);
    List<String> differences = new ArrayList<>();
    for (JsonNode exchange : session.get("exchanges")) {
      if (!exchange.has("skip")) {
        Answer answer = send(caller, exchange.get("request"), variables);
        String title = exchange.get("is").asText();
        Map<String, String> found =
            new RecordedAnswer(variables).compare(expected(exchange.get("answer")), seen(answer));
        exchange
            .path("differs")
            .fieldNames()
            .forEachRemaining(
                named -> {
                  if (!found.keySet().removeIf(at -> at.startsWith(named))) {
                    differences.add(title + ": differs no longer at " + named);
                  }
                });
        found.forEach((at, what) -> differences.add(title + ": " + at + " " + what));
      }
    }
    return differences;
  }

  private static Answer send(Caller caller, JsonNode request, Map<String, String> variables) {
    String target = RecordedAnswer.fill(request.get("target").asText(), variables);
    Call call =
        caller.call(
            request.get("method").asText(), target, request.path("credentials").asBoolean(true));
    request
        .path("headers")
        .properties()
        .forEach(
            header ->
                call.header(
                    header.getKey(), RecordedAnswer.fill(header.getValue().asText(), variables)));
    if (request.has("body")) {
      call.body(RecordedAnswer.fill(request.get("body").toString(), variables));
    }
    return call.send();
  }

  /** The facts of an answer with what all answers have in common. */
  private RecordedAnswer.Facts expected(JsonNode answer) {
    Map<String, JsonNode> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    file.get("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue()));
    answer
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue()));
    return new RecordedAnswer.Facts(answer.get("status").asInt(), headers, answer.path("body"));
  }

  private RecordedAnswer.Facts seen(Answer answer) {
    Map<String, JsonNode> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ObjectMapper json = new ObjectMapper();
    answer.headers().forEach((name, values) -> headers.put(name, json.valueToTree(values.get(0))));
    file.get("passed-over").fieldNames().forEachRemaining(headers::remove);
    JsonNode body = MissingNode.getInstance();
    if (answer.bytes().length > 0) {
      boolean isJson = answer.header("Content-Type").filter(t -> t.contains("json")).isPresent();
      body = isJson ? answer.json() : json.valueToTree(answer.text());
    }
    return new RecordedAnswer.Facts(answer.status(), headers, body);
  }

  private static JsonNode file(String api) {
    String resource = "/recorded/" + api + ".json";
    try (InputStream in = RecordedSession.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
