package dev.roster.server.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The members that a contract marks as secrets, for bodies that are stored as they come.
 *
 * <p>They are read from the index that the build makes of the contracts.
 */
public final class SecretMembers {

  /** Stands in a path for every entry of an array. */
  private static final String EVERY_ENTRY = "*";

  private final List<String> names;
  private final List<Place> places;

  private record Place(List<String> path, JsonNodeType type) {}

  private SecretMembers(List<String> names, List<Place> places) {
    this.names = names;
    this.places = places;
  }

  /**
   * Reads the secrets that a contract marks in the bodies of one operation.
   *
   * @param contract its folder below specs
   */
  public static SecretMembers of(String contract, String operationId) {
    try (InputStream index = SecretMembers.class.getResourceAsStream("/roster/secrets.json")) {
      JsonNode secrets = new ObjectMapper().readTree(index).get(contract);
      List<Place> places = new ArrayList<>();
      for (JsonNode place : secrets.get("bodies").path(operationId)) {
        JsonNodeType type =
            JsonNodeType.valueOf(place.get("type").asText().toUpperCase(Locale.ROOT));
        places.add(new Place(texts(place.get("path")), type));
      }
      return new SecretMembers(texts(secrets.get("names")), places);
    } catch (IOException e) {
      throw new UncheckedIOException("The index of secrets of the package cannot be read", e);
    }
  }

  /**
   * Whether the secrets of a body, and the objects and arrays that they stand in, have the types of
   * the contract; null counts as omitted.
   */
  public boolean areOfTheirTypes(JsonNode body) {
    return places.stream().allMatch(place -> fits(body, place, 0));
  }

  /**
   * Removes every member whose name, in any case, is or ends with that of a secret, at any depth.
   *
   * @return whether there was any
   */
  public boolean dropFrom(JsonNode body) {
    boolean dropped = false;
    Deque<JsonNode> open = new ArrayDeque<>();
    open.push(body);
    while (!open.isEmpty()) {
      JsonNode value = open.pop();
      if (value instanceof ObjectNode object) {
        dropped |= object.properties().removeIf(member -> isSecret(member.getKey()));
      }
      value.forEach(
          child -> {
            if (child instanceof ContainerNode<?>) {
              open.push(child);
            }
          });
    }
    return dropped;
  }

  private boolean isSecret(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(lowerCase::endsWith);
  }

  private static boolean fits(JsonNode value, Place place, int depth) {
    if (value.isMissingNode() || value.isNull()) {
      return true;
    }
    if (depth == place.path().size()) {
      return value.getNodeType() == place.type();
    }
    String step = place.path().get(depth);
    if (!step.equals(EVERY_ENTRY)) {
      return value.isObject() && fits(value.path(step), place, depth + 1);
    }
    if (!value.isArray()) {
      return false;
    }
    for (JsonNode entry : value) {
      if (!entry.isObject() || !fits(entry, place, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
