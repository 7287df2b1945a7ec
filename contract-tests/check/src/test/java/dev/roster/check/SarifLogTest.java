package dev.roster.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SarifLogTest {

  @TempDir Path folder;

  @Test
  void logHasAResultForEachFindingAndMeetsTheSchema() throws IOException {
    Path file = folder.resolve("new").resolve("faults.sarif");

    SarifLog.write(
        file,
        List.of(
            new Finding("r.one", "it is wrong", "my pacts/a.json", 42),
            new Finding("r.one", "it is wrong again", "my pacts/a.json", 43),
            new Finding("r.other", "it is missing", "b.json", 1)),
        Map.of("r.one", "It is right."));

    assertThat(SarifSchema.faultsOf(file)).isEmpty();
    JsonNode run = new ObjectMapper().readTree(file.toFile()).at("/runs/0");
    assertThat(run.at("/tool/driver/name").asText()).isEqualTo("contract-check");
    assertThat(run.at("/tool/driver/rules"))
        .hasToString(
            "[{\"id\":\"r.one\",\"shortDescription\":{\"text\":\"It is right.\"}},"
                + "{\"id\":\"r.other\",\"shortDescription\":{\"text\":\"r.other\"}}]");
    assertThat(run.get("results")).hasSize(3);
    assertThat(run.at("/results/0"))
        .hasToString(
            "{\"ruleId\":\"r.one\",\"level\":\"error\",\"message\":{\"text\":\"it is wrong\"},"
                + "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":"
                + "{\"uri\":\"my%20pacts/a.json\"},\"region\":{\"startLine\":42}}}]}");
  }

  @Test
  void logWithoutFindingsMeetsTheSchemaToo() throws IOException {
    Path file = folder.resolve("none.sarif");

    SarifLog.write(file, List.of(), Map.of());

    assertThat(SarifSchema.faultsOf(file)).isEmpty();
    assertThat(new ObjectMapper().readTree(file.toFile()).at("/runs/0/results")).isEmpty();
  }
}
