package dev.roster.specs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The README's operations and its numbers of rules are those of the contracts.
 *
 * <p>{@code mvn -f specs test -Dtest=ReadmeTest -Dtesting.write=true} writes them.
 */
class ReadmeTest {

  /** The order in which the README lists them; others follow. */
  private static final List<String> APIS =
      List.of("azure-batch", "azure-api-management", "nimble", "azure-pack");

  /** The kinds of evidence in the order of their columns. */
  private static final List<String> EVIDENCE = List.of("page", "recorded", "client", "choice");

  /** The README shows a common beginning of all paths once if it has this many characters. */
  private static final int LONG_PREFIX = 40;

  @Test
  void readmeShowsTheOperationsOfTheContracts() throws IOException {
    StringBuilder matrix = new StringBuilder();
    for (Contract contract : contracts()) {
      matrix.append(matrix(contract));
    }
    new GeneratedSection("operations").check(matrix.toString());
  }

  @Test
  void readmeShowsTheEvidenceOfTheRules() throws IOException {
    StringBuilder table = new StringBuilder();
    Map<String, Integer> all = new LinkedHashMap<>();
    for (Contract contract : contracts()) {
      Map<String, Integer> counts = new LinkedHashMap<>();
      for (Map<?, ?> rule : contract.rules()) {
        counts.merge((String) rule.get("evidence"), 1, Integer::sum);
        all.merge((String) rule.get("evidence"), 1, Integer::sum);
      }
      table.append(row(title(contract).replaceFirst(" - .*", ""), counts));
    }
    new GeneratedSection("evidence")
        .check(
            "| | rules | documentation | recorded answer | published client | our choice |\n"
                + "|---|---|---|---|---|---|\n"
                + table
                + row("All", all));
  }

  private static List<Contract> contracts() throws IOException {
    List<Contract> contracts = new ArrayList<>(Contract.all().toList());
    contracts.sort(Comparator.comparingInt(contract -> APIS.indexOf(contract.name())));
    return contracts;
  }

  private static String row(String name, Map<String, Integer> counts) {
    int rules = counts.values().stream().mapToInt(Integer::intValue).sum();
    StringBuilder row = new StringBuilder("| %s | %d |".formatted(name, rules));
    EVIDENCE.forEach(kind -> row.append(" %d |".formatted(counts.getOrDefault(kind, 0))));
    return row.append('\n').toString();
  }

  private static String matrix(Contract contract) {
    Map<?, ?> paths = Contract.map(contract.document(), "paths");
    String prefix = prefix(paths.keySet().stream().map(Object::toString).toList());
    StringBuilder table = new StringBuilder();
    for (Contract.Operation operation : contract.operations()) {
      table.append(
          "| [%s](%s) | `%s %s` | %s |\n"
              .formatted(
                  operation.id(),
                  operation.page(),
                  operation.verb(),
                  shortened(operation.path(), prefix),
                  operation.node().get("summary")));
    }
    return "<details>\n<summary>%s: %d operations</summary>\n\n%s| operation | request | |\n|---|---|---|\n%s\n</details>\n\n"
        .formatted(
            title(contract),
            contract.operations().size(),
            prefix.isEmpty() ? "" : "`…` is `" + prefix + "`.\n\n",
            table);
  }

  private static String title(Contract contract) {
    return (String) Contract.map(contract.document(), "info").get("title");
  }

  /** What all of them begin with, whole segments only; empty if that is short. */
  private static String prefix(List<String> paths) {
    String common = paths.get(0);
    for (String path : paths) {
      while (!path.equals(common) && !path.startsWith(common + "/")) {
        common = common.substring(0, common.lastIndexOf('/'));
      }
    }
    return common.length() < LONG_PREFIX ? "" : common;
  }

  private static String shortened(String path, String prefix) {
    return prefix.isEmpty() ? path : "…" + path.substring(prefix.length());
  }
}
