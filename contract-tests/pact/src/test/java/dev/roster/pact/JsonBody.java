package dev.roster.pact;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslJsonArray;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.core.model.matchingrules.RegexMatcher;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The body of an answer, as the documentation prints one: every value has to come as it stands
 * here, but for those of the members that are said to match something.
 */
final class JsonBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode sample;
  private final Map<String, String> patterns = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Set<String> wholeNumbers = new HashSet<>();

  private JsonBody(JsonNode sample) {
    this.sample = sample;
  }

  /** Takes a sample, an object. */
  static JsonBody of(String json) {
    try {
      return new JsonBody(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** Lets members with this name, wherever they are, have any text that matches. */
  JsonBody matching(String name, String pattern) {
    patterns.put(name, pattern);
    return this;
  }

  /** Lets members with this name, wherever they are, be any whole number. */
  JsonBody wholeNumber(String name) {
    wholeNumbers.add(name);
    return this;
  }

  /**
   * Lets members with this name be links to the server, wherever it is; the client's own is put in
   * so that it can follow them.
   *
   * @param pattern of the path and the query, without the slash before them
   */
  JsonBody linking(String name, String pattern) {
    links.put(name, pattern);
    return this;
  }

  DslPart build() {
    return LambdaDsl.newJsonBody(body -> members(sample, body)).build();
  }

  private void members(JsonNode object, LambdaDslObject body) {
    object.properties().forEach(member -> member(body, member.getKey(), member.getValue()));
  }

  private void member(LambdaDslObject body, String name, JsonNode value) {
    if (value.isObject()) {
      body.object(name, inner -> members(value, inner));
    } else if (value.isArray()) {
      body.array(name, inner -> value.forEach(element -> element(inner, element)));
    } else if (value.isNull()) {
      body.nullValue(name);
    } else if (value.isBoolean()) {
      body.booleanValue(name, value.booleanValue());
    } else if (wholeNumbers.contains(name)) {
      body.integerType(name, value.intValue());
    } else if (value.isNumber()) {
      body.numberValue(name, value.numberValue());
    } else if (links.containsKey(name)) {
      body.matchUrl2(name, new RegexMatcher(links.get(name), value.asText()));
    } else if (patterns.containsKey(name)) {
      body.stringMatcher(name, patterns.get(name), value.asText());
    } else {
      body.stringValue(name, value.asText());
    }
  }

  private void element(LambdaDslJsonArray body, JsonNode value) {
    if (!value.isObject()) {
      throw new IllegalArgumentException("No array of this API has such an element: " + value);
    }
    body.object(inner -> members(value, inner));
  }
}
