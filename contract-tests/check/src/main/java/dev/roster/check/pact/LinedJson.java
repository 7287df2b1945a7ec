package dev.roster.check.pact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A JSON file that knows the line of each of its values. */
final class LinedJson {

  private final Map<String, Integer> lines = new HashMap<>();
  private JsonNode root;

  private LinedJson() {}

  /**
   * Reads a file.
   *
   * @throws UnreadablePactException if it is no JSON
   */
  static LinedJson read(Path file) {
    LinedJson json = new LinedJson();
    try (JsonParser parser = new JsonFactory().createParser(Files.readAllBytes(file))) {
      if (parser.nextToken() == null) {
        throw new UnreadablePactException(1, "the file is empty");
      }
      json.root = json.value(parser, "", parser.currentTokenLocation().getLineNr());
      if (parser.nextToken() != null) {
        throw new UnreadablePactException(
            parser.currentTokenLocation().getLineNr(), "something follows the JSON");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new UnreadablePactException(
          Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UnreadablePactException(1, "cannot be read: " + e);
    }
  }

  /** The whole file. */
  JsonNode root() {
    return root;
  }

  /**
   * The line of a value, that of its name in an object; without one, that of what it would stand
   * in.
   *
   * @param pointer JSON pointer
   */
  int line(String pointer) {
    String known = pointer;
    while (!lines.containsKey(known)) {
      known = known.substring(0, known.lastIndexOf('/'));
    }
    return lines.get(known);
  }

  /** A step of a pointer. */
  static String step(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private JsonNode value(JsonParser parser, String pointer, int line) throws IOException {
    lines.put(pointer, line);
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, pointer);
      case START_ARRAY -> array(parser, pointer);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
      default -> nodes.nullNode();
    };
  }

  private JsonNode object(JsonParser parser, String pointer) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      object.set(name, value(parser, pointer + step(name), line));
    }
    return object;
  }

  private JsonNode array(JsonParser parser, String pointer) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int line = parser.currentTokenLocation().getLineNr();
      array.add(value(parser, pointer + "/" + array.size(), line));
    }
    return array;
  }

  /** Whether a pointer is one. */
  static boolean isPointer(String text) {
    try {
      JsonPointer.compile(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
