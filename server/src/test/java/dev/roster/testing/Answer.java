package dev.roster.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of the server.
 *
 * @param headers by their names in lower case
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
        .map(values -> values.get(0));
  }

  /** The body as text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text(), e);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
