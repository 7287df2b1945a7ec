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
    return Contract.all().flatMap(contract -> CompletenessNotes.tables(contract).stream());
  }

  /** Pages do not change; without the numbers a row whose places others have could go unnoticed. */
  @Test
  void everyCentralPageHasATableWithAllItsItems() throws IOException {
    assertThat(
            tables()
                .map(
                    table ->
                        "%s %s: %d"
                            .formatted(
                                table.contract(), table.operation().id(), table.rows().size())))
        .containsExactlyInAnyOrder(
            "azure-batch ComputeNode_UpdateUser: 66",
            "azure-batch ComputeNode_DeleteUser: 45",
            "azure-api-management User_Update: 92",
            "azure-pack Users_Update: 62",
            "nimble Users_Update: 67");
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
