package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the tables that tell where each item of the central documentation pages went. */
class CompletenessTest {

  static Stream<CompletenessTable> tables() throws IOException {
    return Contract.all().flatMap(contract -> CompletenessTable.of(contract).stream());
  }

  @Test
  void everyCentralPageHasATable() throws IOException {
    assertThat(tables().map(table -> table.contract() + " " + table.operation().id()))
        .containsExactlyInAnyOrder(
            "azure-batch ComputeNode_UpdateUser",
            "azure-batch ComputeNode_DeleteUser",
            "azure-api-management User_Update",
            "azure-pack Users_Update",
            "nimble Users_Update");
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyPlaceIsInTheContract(CompletenessTable table) {
    assertThat(table.placesThatLeadNowhere()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyRuleIsInTheContract(CompletenessTable table) {
    assertThat(table.rulesThatDoNotExist()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyItemWentSomewhere(CompletenessTable table) {
    assertThat(table.rows()).isNotEmpty();
    assertThat(table.itemsThatAreLost()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void noItemStandsTwice(CompletenessTable table) {
    assertThat(table.itemsThatStandTwice()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyRuleOfTheOperationIsNamed(CompletenessTable table) {
    assertThat(table.rulesThatAreMissing()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyPartOfTheOperationIsNamed(CompletenessTable table) {
    assertThat(table.placesThatAreMissing()).isEmpty();
  }
}
