package dev.roster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.ContractIndex.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContractIndexTest {

  @ParameterizedTest
  @EnumSource
  void linesOfRulesAreThoseWithTheirIds(Api api) {
    List<String> lines = api.contract().text().lines().toList();

    assertThat(ContractIndex.of(api).rules().values())
        .hasSizeGreaterThan(50)
        .allSatisfy(rule -> assertThat(lines.get(rule.line() - 1)).endsWith("id: " + rule.id()));
  }

  @Test
  void ruleSaysItsSentenceAndWhatItRestsOn() {
    Rule rule =
        ContractIndex.of(Api.AZURE_BATCH).rules().get("batch.update-user.omitted-expiry-resets");

    assertThat(rule.says()).isEqualTo("An omitted expiryTime becomes one day from now.");
    assertThat(rule.evidence()).isEqualTo("page");
  }

  @Test
  void versionsAreThoseThatAreServed() {
    assertThat(ContractIndex.of(Api.AZURE_BATCH).versions())
        .startsWith("2018-03-01.6.1")
        .endsWith("2025-06-01")
        .doesNotContain("2017-09-01.6.0");
    assertThat(ContractIndex.of(Api.AZURE_API_MANAGEMENT).versions())
        .contains("2024-10-01-preview");
    assertThat(ContractIndex.of(Api.NIMBLE).versions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/users/detail, Users_ListDetail",
    "GET, /v1/users/1000000000000004d3000000000000000000000003, Users_Read",
    "get, /versions, Versions_List",
    "POST, /v1/tokens/x/actions/report_user_details, Tokens_ReportUserDetails"
  })
  void operationIsThatOfTheClosestPath(String method, String path, String operation) {
    assertThat(ContractIndex.of(Api.NIMBLE).operationId(method, path)).contains(operation);
  }

  @ParameterizedTest
  @CsvSource({"GET, /v1/volumes", "PATCH, /v1/users", "GET, /v1/users/x/y"})
  void otherPathsHaveNoOperation(String method, String path) {
    assertThat(ContractIndex.of(Api.NIMBLE).operationId(method, path)).isEmpty();
  }
}
