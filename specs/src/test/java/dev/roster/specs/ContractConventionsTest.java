package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.specs.Contract.Operation;
import java.io.IOException;
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

/** Keeps what every contract promises its readers and the build. */
class ContractConventionsTest {

  private static final Pattern RULE_ID = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+(-[a-z0-9]+)*){2}");
  private static final Set<String> EVIDENCE = Set.of("page", "recorded", "client", "choice");
  private static final Pattern CHOICE = Pattern.compile("(?m)^(\\d+)\\. ");
  private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");

  static Stream<Contract> contracts() throws IOException {
    return Contract.all();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void isOpenApi303(Contract contract) {
    assertThat(contract.document().get("openapi")).isEqualTo("3.0.3");
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void ruleIdsAreUniqueAndHaveThreeSegments(Contract contract) {
    Set<String> seen = new HashSet<>();
    for (Map<?, ?> rule : contract.rules()) {
      String id = (String) rule.get("id");
      assertThat(id).matches(RULE_ID);
      assertThat(seen.add(id)).as("%s stands once", id).isTrue();
    }
    assertThat(seen).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyRuleSaysSomethingOnSomeEvidence(Contract contract) {
    for (Map<?, ?> rule : contract.rules()) {
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
  void everyChoiceHasItsNumberInTheNotes(Contract contract) {
    Set<Integer> numbers = new TreeSet<>();
    Matcher choices = CHOICE.matcher(contract.notes());
    while (choices.find()) {
      numbers.add(Integer.valueOf(choices.group(1)));
    }
    for (Map<?, ?> rule : contract.rules()) {
      if (rule.get("evidence").equals("choice")) {
        assertThat(numbers).as("note of %s", rule.get("id")).contains((Integer) rule.get("note"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyRuleIdInTheNotesExists(Contract contract) {
    Set<String> ids = new HashSet<>();
    String api = null;
    for (Map<?, ?> rule : contract.rules()) {
      ids.add((String) rule.get("id"));
      api = ((String) rule.get("id")).substring(0, ((String) rule.get("id")).indexOf('.') + 1);
    }
    Matcher mentioned = CODE.matcher(contract.notes());
    while (mentioned.find()) {
      String text = mentioned.group(1);
      if (text.startsWith(api) && RULE_ID.matcher(text).matches()) {
        assertThat(ids).as("mentioned in the notes").contains(text);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyOperationIsDocumentedAndRuled(Contract contract) {
    for (Operation operation : contract.operations()) {
      String id = operation.id();
      assertThat(keys(operation.node())).as(id).contains("summary", "description", "tags");
      assertThat(operation.node().get("externalDocs"))
          .as("externalDocs of %s", id)
          .isInstanceOf(Map.class);
      assertThat(operation.rules()).as("rules of %s", id).isNotEmpty();
      assertThat(keys(operation.node().get("responses")))
          .as("responses of %s", id)
          .contains("default");
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void schemasHaveNoDefaults(Contract contract) {
    // A default would become a field's initial value, and absent could not be told from it any
    // more.
    Map<?, ?> components = (Map<?, ?>) contract.document().get("components");
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
}
