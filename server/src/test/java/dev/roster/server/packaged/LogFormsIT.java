package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log for programs that collect it, and the line that each request gets. */
class LogFormsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CANARY = "Canary41c7d20e9b";

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void linesAreJsonAndThoseOfRequestsHaveNoQuery() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            dataDir, Map.of("roster.log.json", "true", "roster.log.access", "true"))) {
      Call.of(
              Contract.NIMBLE,
              server.endpoint().toString(),
              "GET",
              "/v1/tokens/detail?session_token=" + CANARY)
          .header("X-Auth-Token", CANARY)
          .send();

      Awaitility.await().until(() -> server.log().contains("io.quarkus.http.access-log"));

      List<String> messages = new ArrayList<>();
      for (String line : server.log().lines().toList()) {
        JsonNode object = JSON.readTree(line);
        assertThat(object.has("timestamp") && object.has("level") && object.has("loggerName"))
            .as(line)
            .isTrue();
        messages.add(object.get("message").asText());
      }
      assertThat(messages)
          .anyMatch(message -> message.contains("\"GET /v1/tokens/detail HTTP/1.1\" 401 "))
          .noneMatch(message -> message.contains(CANARY));
    }
  }
}
