package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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

/** Keeps the notes of every contract and its rules together; the rest is kept by the lint. */
class ContractNotesTest {

  private static final Path SPECS = Path.of(System.getProperty("testing.specs"));
  private static final Set<String> VERBS =
      Set.of("get", "put", "post", "delete", "head", "patch", "options");
  private static final Pattern RULE_ID = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+(-[a-z0-9]+)*){2}");
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
  void everyNoteOfARuleExists(Path contract) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    Matcher choices = CHOICE.matcher(notes(contract));
    while (choices.find()) {
      numbers.add(Integer.valueOf(choices.group(1)));
    }
    for (Map<?, ?> rule : rules(contract)) {
      if (rule.containsKey("note")) {
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

  private static String notes(Path contract) throws IOException {
    return Files.readString(contract.resolveSibling("NOTES.md"));
  }

  private static Map<String, Object> parse(Path contract) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(contract));
  }

  private static List<Map<?, ?>> rules(Path contract) throws IOException {
    List<Map<?, ?>> rules = new ArrayList<>();
    Map<String, Object> document = parse(contract);
    addRules(rules, document);
    for (Object item : ((Map<?, ?>) document.get("paths")).values()) {
      ((Map<?, ?>) item)
          .forEach(
              (verb, operation) -> {
                if (VERBS.contains(verb)) {
                  addRules(rules, (Map<?, ?>) operation);
                }
              });
    }
    return rules;
  }

  private static void addRules(List<Map<?, ?>> rules, Map<?, ?> node) {
    if (node.get("x-rules") instanceof List<?> list) {
      list.forEach(rule -> rules.add((Map<?, ?>) rule));
    }
  }
}
