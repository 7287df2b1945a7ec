package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The README's table of operations is what the contracts say.
 *
 * <p>{@code mvn -f specs test -Dtest=OperationMatrixTest -Dtesting.write=true} writes it anew.
 */
class OperationMatrixTest {

  private static final Path SPECS = Path.of(System.getProperty("testing.specs"));
  private static final Path README = SPECS.resolveSibling("README.md");
  private static final String BEGIN = "<!-- operations: generated from the contracts -->\n";
  private static final String END = "<!-- end of operations -->\n";

  /** The order in which the README tells of them; others follow. */
  private static final List<String> APIS =
      List.of("azure-batch", "azure-api-management", "nimble", "azure-pack");

  /** From here on a beginning that all paths share is told once. */
  private static final int LONG_PREFIX = 40;

  @Test
  void readmeShowsTheOperationsOfTheContracts() throws IOException {
    StringBuilder matrix = new StringBuilder();
    List<Contract> contracts = new ArrayList<>(Contract.all().toList());
    contracts.sort(Comparator.comparingInt(contract -> APIS.indexOf(contract.name())));
    for (Contract contract : contracts) {
      matrix.append(matrix(contract));
    }
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).isGreaterThanOrEqualTo(BEGIN.length());
    assertThat(end).isGreaterThanOrEqualTo(begin);
    if (Boolean.getBoolean("testing.write")) {
      Files.writeString(README, readme.substring(0, begin) + matrix + readme.substring(end));
      return;
    }

    assertThat(readme.substring(begin, end))
        .as(
            "README.md's operations are those of the contracts; "
                + "'mvn -f specs test -Dtest=OperationMatrixTest -Dtesting.write=true' writes them")
        .isEqualTo(matrix.toString());
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
    Map<?, ?> info = Contract.map(contract.document(), "info");
    return "<details>\n<summary>%s: %d operations</summary>\n\n%s| operation | request | |\n|---|---|---|\n%s\n</details>\n\n"
        .formatted(
            info.get("title"),
            contract.operations().size(),
            prefix.isEmpty() ? "" : "`…` is `" + prefix + "`.\n\n",
            table);
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
