package dev.roster.check.pact;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/**
 * A pact file of one of the versions 2 to 4.
 *
 * <p>Source: <a href="https://github.com/pact-foundation/pact-specification">Pact
 * Specification</a>.
 */
final class PactFile {

  private static final String HTTP = "Synchronous/HTTP";

  private final LinedJson json;
  private final int version;

  private PactFile(LinedJson json) {
    this.json = json;
    JsonNode metadata = json.root().path("metadata");
    String written =
        metadata
            .path("pactSpecification")
            .path("version")
            .asText(
                metadata
                    .path("pact-specification")
                    .path("version")
                    .asText(metadata.path("pactSpecificationVersion").asText("2")));
    String major = written.replaceFirst("\\..*", "");
    if (!List.of("2", "3", "4").contains(major)) {
      throw new UnreadablePactException(
          json.line("/metadata"),
          "pact specification " + written + " is not known; 2, 3 and 4 are");
    }
    this.version = Integer.parseInt(major);
  }

  /**
   * Reads a file.
   *
   * @throws UnreadablePactException if it is no pact
   */
  static PactFile read(Path file) {
    LinedJson json = LinedJson.read(file);
    if (!json.root().path("consumer").isObject() || !json.root().path("provider").isObject()) {
      throw new UnreadablePactException(1, "not a pact: it names no consumer and provider");
    }
    return new PactFile(json);
  }

  /** Name of the provider; empty without one. */
  String provider() {
    return json.root().path("provider").path("name").asText("");
  }

  /** The line of a value; see {@link LinedJson#line}. */
  int line(String pointer) {
    return json.line(pointer);
  }

  /**
   * The HTTP interactions.
   *
   * @param unreadable takes each message of those that cannot be checked, and its line
   */
  List<Interaction> interactions(ObjIntConsumer<String> unreadable) {
    if (!json.root().path("messages").isMissingNode()) {
      unreadable.accept(
          "a message pact; only HTTP interactions can be checked", json.line("/messages"));
      return List.of();
    }
    JsonNode list = json.root().path("interactions");
    if (!list.isArray() || list.isEmpty()) {
      unreadable.accept("the pact has no interactions", json.line("/interactions"));
      return List.of();
    }
    List<Interaction> interactions = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String pointer = "/interactions/" + i;
      try {
        interactions.add(interaction(list.get(i), pointer));
      } catch (UnreadablePactException e) {
        unreadable.accept(e.getMessage(), e.line());
      }
    }
    return interactions;
  }

  private Interaction interaction(JsonNode interaction, String pointer) {
    String description = interaction.path("description").asText("");
    String type = interaction.path("type").asText(HTTP);
    if (!type.equals(HTTP)) {
      throw new UnreadablePactException(
          line(pointer),
          "\"%s\" is a message (%s); only HTTP interactions can be checked"
              .formatted(description, type));
    }
    JsonNode request = interaction.path("request");
    JsonNode response = interaction.path("response");
    String method = request.path("method").asText("").toUpperCase(Locale.ROOT);
    String path = request.path("path").asText("");
    int status = response.path("status").asInt(response.isObject() ? 200 : 0);
    if (method.isEmpty() || !path.startsWith("/") || status == 0) {
      throw new UnreadablePactException(
          line(pointer),
          "\"%s\" is no HTTP interaction: it needs a request with method and path, and a response"
              .formatted(description));
    }
    return new Interaction(
        description,
        method,
        path,
        query(request.path("query")),
        part(request, pointer + "/request"),
        status,
        part(response, pointer + "/response"),
        line(pointer));
  }

  private static String query(JsonNode query) {
    if (query.isTextual()) {
      return query.asText();
    }
    return query.properties().stream()
        .flatMap(
            parameter ->
                texts(parameter.getValue()).stream()
                    .map(value -> encode(parameter.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private HttpPart part(JsonNode part, String pointer) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    part.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), texts(header.getValue())));
    JsonNode body = part.path("body");
    boolean wrapped = version == 4 && body.isObject();
    byte[] bytes = wrapped ? wrappedBody(body, headers, pointer) : plainBody(body, headers);
    return new HttpPart(headers, bytes, pointer, pointer + "/body" + (wrapped ? "/content" : ""));
  }

  /** Version 4 puts the content beside what it is. */
  private byte[] wrappedBody(JsonNode body, Map<String, List<String>> headers, String pointer) {
    Optional.ofNullable(body.path("contentType").textValue())
        .ifPresent(type -> headers.putIfAbsent("Content-Type", List.of(type)));
    JsonNode content = body.path("content");
    JsonNode encoded = body.path("encoded");
    if (encoded.asText("").equalsIgnoreCase("base64") || encoded.asBoolean(false)) {
      try {
        return Base64.getDecoder().decode(content.asText(""));
      } catch (IllegalArgumentException e) {
        throw new UnreadablePactException(
            line(pointer + "/body"), "the body is not base64, though it says so");
      }
    }
    if (encoded.asText("").equalsIgnoreCase("json") && content.isTextual()) {
      return utf8(content.toString());
    }
    return content.isTextual() ? utf8(content.asText()) : plainBody(content, headers);
  }

  private static byte[] plainBody(JsonNode body, Map<String, List<String>> headers) {
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    if (body.isTextual() && !isJson(headers)) {
      return utf8(body.asText());
    }
    // Mock servers of pacts say so when the pact does not.
    headers.putIfAbsent("Content-Type", List.of("application/json"));
    return utf8(body.toString());
  }

  private static boolean isJson(Map<String, List<String>> headers) {
    return headers.getOrDefault("Content-Type", List.of()).stream()
        .anyMatch(type -> type.toLowerCase(Locale.ROOT).contains("json"));
  }

  private static List<String> texts(JsonNode node) {
    if (!node.isArray()) {
      return List.of(node.asText());
    }
    List<String> texts = new ArrayList<>();
    node.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
