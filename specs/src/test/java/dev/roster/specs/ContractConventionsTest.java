package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Keeps what every contract promises its readers and the build. */
class ContractConventionsTest {

  private static final Path SPECS = Path.of(System.getProperty("testing.specs"));
  private static final Set<String> VERBS =
      Set.of("get", "put", "post", "delete", "head", "patch", "options");
  private static final Pattern RULE_ID = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+(-[a-z0-9]+)*){2}");
  private static final Set<String> EVIDENCE = Set.of("page", "recorded", "client", "choice");
  private static final Pattern CHOICE = Pattern.compile("(?m)^(\\d+)\\. ");
  private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");

  static Stream<Path> contracts() throws IOException {
    try (Stream<Path> folders = Files.list(SPECS)) {
      return folders
          .map(folder -> folder.resolve("openapi.yaml"))
          .filter(Files::exists)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void isOpenApi303(Path contract) throws IOException {
    assertThat(parse(contract)).containsEntry("openapi", "3.0.3");
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void ruleIdsAreUniqueAndHaveThreeSegments(Path contract) throws IOException {
    Set<String> seen = new HashSet<>();
    for (Map<?, ?> rule : rules(contract)) {
      String id = (String) rule.get("id");
      assertThat(id).matches(RULE_ID);
      assertThat(seen.add(id)).as("%s stands once", id).isTrue();
    }
    assertThat(seen).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyRuleSaysSomethingOnSomeEvidence(Path contract) throws IOException {
    for (Map<?, ?> rule : rules(contract)) {
      assertThat((String) rule.get("says")).as("%s", rule.get("id")).endsWith(".");
      assertThat(EVIDENCE)
          .as("evidence of %s", rule.get("id"))
          .contains((String) rule.get("evidence"));
      if (rule.containsKey("variants")) {
        assertThat((List<?>) rule.get("variants"))
            .as("variants of %s", rule.get("id"))
            .hasSizeGreaterThan(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyChoiceHasItsNumberInTheNotes(Path contract) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    Matcher choices = CHOICE.matcher(notes(contract));
    while (choices.find()) {
      numbers.add(Integer.valueOf(choices.group(1)));
    }
    for (Map<?, ?> rule : rules(contract)) {
      if (rule.get("evidence").equals("choice")) {
        assertThat(numbers).as("note of %s", rule.get("id")).contains((Integer) rule.get("note"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyRuleIdInTheNotesExists(Path contract) throws IOException {
    Set<String> ids = new HashSet<>();
    String api = null;
    for (Map<?, ?> rule : rules(contract)) {
      ids.add((String) rule.get("id"));
      api = ((String) rule.get("id")).substring(0, ((String) rule.get("id")).indexOf('.') + 1);
    }
    Matcher mentioned = CODE.matcher(notes(contract));
    while (mentioned.find()) {
      String text = mentioned.group(1);
      if (text.startsWith(api) && RULE_ID.matcher(text).matches()) {
        assertThat(ids).as("mentioned in the notes").contains(text);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyOperationIsDocumentedAndRuled(Path contract) throws IOException {
    operations(contract)
        .forEach(
            (id, operation) -> {
              assertThat(keys(operation)).as(id).contains("summary", "description", "tags");
              assertThat(operation.get("externalDocs"))
                  .as("externalDocs of %s", id)
                  .isInstanceOf(Map.class);
              assertThat((List<?>) operation.get("x-rules")).as("rules of %s", id).isNotEmpty();
              assertThat(keys(operation.get("responses")))
                  .as("responses of %s", id)
                  .contains("default");
            });
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void schemasHaveNoDefaults(Path contract) throws IOException {
    // A default would become a field's initial value, and absent could not be told from it any
    // more.
    Map<?, ?> components = (Map<?, ?>) parse(contract).get("components");
    assertThat(keys(components.get("schemas"))).doesNotContain("default");
  }

  private static Set<Object> keys(Object node) {
    Set<Object> keys = new HashSet<>();
    if (node instanceof Map<?, ?> map) {
      keys.addAll(map.keySet());
      map.values().forEach(value -> keys.addAll(keys(value)));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> keys.addAll(keys(value)));
    }
    return keys;
  }

  private static String notes(Path contract) throws IOException {
    return Files.readString(contract.resolveSibling("NOTES.md"));
  }

  private static Map<String, Object> parse(Path contract) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(contract));
  }

  private static Map<String, Map<?, ?>> operations(Path contract) throws IOException {
    Map<String, Map<?, ?>> operations = new LinkedHashMap<>();
    ((Map<?, ?>) parse(contract).get("paths"))
        .values()
        .forEach(
            item ->
                ((Map<?, ?>) item)
                    .forEach(
                        (verb, operation) -> {
                          if (VERBS.contains(verb)) {
                            Map<?, ?> map = (Map<?, ?>) operation;
                            operations.put((String) map.get("operationId"), map);
                          }
                        }));
    return operations;
  }

  private static List<Map<?, ?>> rules(Path contract) throws IOException {
    List<Map<?, ?>> rules = new ArrayList<>();
    addRules(rules, parse(contract).get("x-rules"));
    operations(contract).values().forEach(operation -> addRules(rules, operation.get("x-rules")));
    return rules;
  }

  private static void addRules(List<Map<?, ?>> rules, Object list) {
    if (list != null) {
      ((List<?>) list).forEach(rule -> rules.add((Map<?, ?>) rule));
    }
  }
}
