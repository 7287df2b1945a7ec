package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the notes of every contract and its rules together; the rest is kept by the lint. */
class ContractNotesTest {

  private static final Pattern RULE_ID = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+(-[a-z0-9]+)*){2}");
  private static final Pattern CHOICE = Pattern.compile("(?m)^(\\d+)\\. ");
  private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");

  static Stream<Contract> contracts() throws IOException {
    return Contract.all();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyNoteOfARuleExists(Contract contract) {
    Set<Integer> numbers = new TreeSet<>();
    Matcher choices = CHOICE.matcher(contract.notes());
    while (choices.find()) {
      numbers.add(Integer.valueOf(choices.group(1)));
    }
    for (Map<?, ?> rule : contract.rules()) {
      if (rule.containsKey("note")) {
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
    Set<String> unknown = new TreeSet<>();
    Matcher mentioned = CODE.matcher(contract.notes());
    while (mentioned.find()) {
      String text = mentioned.group(1);
      if (text.startsWith(api) && RULE_ID.matcher(text).matches() && !ids.contains(text)) {
        unknown.add(text);
      }
    }
    assertThat(unknown)
        .as("what specs/%1$s/NOTES.md names and specs/%1$s/openapi.yaml has no more", contract)
        .isEmpty();
  }
}
