package dev.roster.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares an answer with the facts of a recorded one.
 *
 * <p>A fact is the value itself, with ids in braces replaced, or its form in angle brackets: {@code
 * <time>}, {@code <uuid>}, {@code <text>}, {@code <number>}, or {@code </regular expression/>}. A
 * form may keep the value for the following exchanges: {@code <text as node>}.
 */
final class RecordedAnswer {

  /** Status, headers by name and body of an answer; a body that is missing is no body. */
  record Facts(int status, Map<String, JsonNode> headers, JsonNode body) {}

  private static final Pattern FORM =
      Pattern.compile("<(?:/(?<pattern>.*)/|(?<form>[a-z]+))(?: as (?<name>[a-z0-9]+))?>");
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z][a-z0-9]*)\\}");
  private static final Map<String, String> FORMS =
      Map.of(
          "time", "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?Z",
          "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
          "text", "(?s).+",
          "number", "\\d+");

  private final Map<String, String> variables;
  private final Map<String, String> differences = new LinkedHashMap<>();

  /**
   * Begins a comparison.
   *
   * @param variables by name; forms add theirs to it
   */
  RecordedAnswer(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Puts the values of variables into a text; braces around other names stay as they are. */
  static String fill(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(variables.getOrDefault(name.group(1), name.group())));
  }

  /**
   * Compares.
   *
   * @return what differs, by the place: {@code status}, {@code header <name in lower case>}, or a
   *     JSON pointer into the body with {@code body} before it
   */
  Map<String, String> compare(Facts recorded, Facts answered) {
    if (recorded.status() != answered.status()) {
      differences.put(
          "status",
          "recorded %d, answered %d %s"
              .formatted(recorded.status(), answered.status(), answered.body()));
      return differences;
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(recorded.headers().keySet());
    names.addAll(answered.headers().keySet());
    for (String name : names) {
      compare(
          "header " + name.toLowerCase(Locale.ROOT),
          recorded.headers().get(name),
          answered.headers().get(name));
    }
    compare(
        "body",
        recorded.body().isMissingNode() ? null : recorded.body(),
        answered.body().isMissingNode() ? null : answered.body());
    return differences;
  }

  private void compare(String at, JsonNode recorded, JsonNode answered) {
    if (recorded == null && answered == null) {
      return;
    }
    if (recorded == null || answered == null) {
      differences.put(at, recorded == null ? "is here only: " + answered : "is missing here");
    } else if (recorded.isObject() && answered.isObject()) {
      // In the order of the facts, so that an id is kept before a link holds it.
      Set<String> names = new LinkedHashSet<>();
      recorded.fieldNames().forEachRemaining(names::add);
      answered.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(at + "/" + name, recorded.get(name), answered.get(name)));
    } else if (recorded.isArray() && answered.isArray()) {
      for (int i = 0; i < Math.max(recorded.size(), answered.size()); i++) {
        compare(at + "/" + i, recorded.get(i), answered.get(i));
      }
    } else if (recorded.isTextual()
        ? !matches(recorded.asText(), answered)
        : !recorded.equals(answered)) {
      differences.put(at, "recorded " + recorded + ", answered " + answered);
    }
  }

  private boolean matches(String recorded, JsonNode answered) {
    Matcher form = FORM.matcher(recorded);
    if (!form.matches()) {
      return answered.isTextual() && fill(recorded, variables).equals(answered.asText());
    }
    boolean number = "number".equals(form.group("form"));
    String pattern =
        form.group("pattern") == null
            ? FORMS.get(form.group("form"))
            : fill(form.group("pattern"), variables);
    if (form.group("name") != null) {
      variables.put(form.group("name"), answered.asText());
    }
    return (number ? answered.isIntegralNumber() || answered.isTextual() : answered.isTextual())
        && answered.asText().matches(pattern);
  }
}
