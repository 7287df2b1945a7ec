package dev.roster.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paths of one contract, by which keyword segments are known in any case. */
public abstract class ContractPaths {

  private final List<Template> templates = new ArrayList<>();

  private record Template(List<String> segments, List<String> verbs) {}

  /**
   * Reads the paths out of the package.
   *
   * @param contract its folder below specs
   */
  protected ContractPaths(String contract) {
    try (InputStream index = ContractPaths.class.getResourceAsStream("/roster/paths.json")) {
      JsonNode paths = new ObjectMapper().readTree(index).get(contract);
      paths
          .fields()
          .forEachRemaining(
              path -> templates.add(new Template(segments(path.getKey()), texts(path.getValue()))));
    } catch (IOException e) {
      throw new UncheckedIOException("The path index of the package cannot be read", e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Whether the contract has the path with this verb. */
  public boolean isKnown(String verb, String rawPath) {
    return template(segments(rawPath)).filter(path -> path.verbs().contains(verb)).isPresent();
  }

  /** The verbs of a path, as an Allow header lists them; empty if the contract has no such path. */
  public String allowed(String rawPath) {
    return String.join(", ", verbs(rawPath));
  }

  /** The verbs of a path; none if the contract has no such path. */
  protected List<String> verbs(String rawPath) {
    return template(segments(rawPath)).map(Template::verbs).orElse(List.of());
  }

  /** Whether the contract has the path. */
  public boolean isKnown(String rawPath) {
    return template(segments(rawPath)).isPresent();
  }

  /** The path with its keywords in the contract's case; unchanged if the contract has no such. */
  public String canonical(String rawPath) {
    List<String> segments = segments(rawPath);
    return template(segments)
        .map(
            template -> {
              StringBuilder path = new StringBuilder();
              for (int i = 0; i < segments.size(); i++) {
                String segment = template.segments().get(i);
                path.append('/').append(isName(segment) ? segments.get(i) : segment);
              }
              return path.toString();
            })
        .orElse(rawPath);
  }

  private Optional<Template> template(List<String> segments) {
    return templates.stream().filter(template -> fits(template.segments(), segments)).findFirst();
  }

  private static boolean fits(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      String segment = UrlSegments.decode(segments.get(i));
      boolean fits =
          isName(template.get(i)) ? !isDots(segment) : template.get(i).equalsIgnoreCase(segment);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** What routing takes for this place or the one above it, and never for a name. */
  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static boolean isName(String segment) {
    return segment.startsWith("{");
  }

  /** The segments as they are, without empty ones. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }
}
