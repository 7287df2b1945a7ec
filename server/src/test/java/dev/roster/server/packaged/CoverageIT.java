package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.RawHttp;
import dev.roster.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server shows the report that the build put beside its jar. */
class CoverageIT {

  private static final Path PACKAGE = Path.of(System.getProperty("testing.server-jar")).getParent();

  @TempDir private Path dataDir;
  @TempDir private Path copy;

  private static Answer get(ServerProcess server, String target) {
    return RawHttp.of(Contract.AZURE_BATCH, server.endpoint().toString(), "GET", target).send();
  }

  /** The same server somewhere else, without a report, so that none is left beside the real one. */
  private Path jar() throws IOException {
    try (Stream<Path> content = Files.list(PACKAGE)) {
      for (Path entry : content.filter(entry -> !entry.endsWith("coverage")).toList()) {
        if (Files.isDirectory(entry)) {
          Files.createSymbolicLink(copy.resolve(entry.getFileName()), entry.toAbsolutePath());
        } else {
          Files.copy(entry, copy.resolve(entry.getFileName()));
        }
      }
    }
    return copy.resolve("quarkus-run.jar");
  }

  private void putBesideTheJar(JsonNode report) throws IOException {
    Path folder = Files.createDirectory(copy.resolve("coverage"));
    Files.writeString(folder.resolve("rule-coverage.json"), report.toString());
    Files.writeString(
        folder.resolve("index.html"),
        "<html data-contracts=\"%s\"><style></style><script></script>Proved</html>"
            .formatted(report.get("contracts").asText()));
  }

  @Test
  void reportBesideTheJarIsShownIfItIsOfTheSameContracts() throws Exception {
    Path jar = jar();
    ObjectNode report;
    try (ServerProcess server = ServerProcess.startJar(jar, dataDir, Map.of())) {
      Answer untested = get(server, "/roster/coverage.json");
      assertThat(untested.status()).isEqualTo(200);
      assertThat(untested.json().get("tested").asBoolean()).isFalse();
      report = ((ObjectNode) new ObjectMapper().readTree(untested.bytes())).put("tested", true);
    }
    putBesideTheJar(report);
    try (ServerProcess server = ServerProcess.startJar(jar, dataDir, Map.of())) {
      assertThat(get(server, "/roster/coverage.json").json()).isEqualTo(report);
      assertThat(get(server, "/roster/coverage").text()).contains("Proved");
      assertThat(server.log()).contains("Rule coverage  " + server.endpoint() + "/roster/coverage");
    }
  }
}
