package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts Roster as any test can, with nothing of Roster on its class path but the client. */
class ProvisioningTest {

  private static final Pattern ENDPOINT = Pattern.compile("Azure Batch\\s+(http://localhost:\\d+)");

  @Test
  @Timeout(300)
  void provisionsInFourSystems(@TempDir Path dataDir) throws Exception {
    Process roster =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Droster.data-dir=" + dataDir,
                "-Droster.http.port=0",
                "-Droster.https.enabled=false",
                "-Droster.nimble.https.enabled=false",
                "-Droster.pack.admin.enabled=false",
                "-Droster.pack.tenant.enabled=false",
                "-jar",
                System.getProperty("roster.server"))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = roster.inputReader(StandardCharsets.UTF_8)) {
      assertEquals(
          List.of(
              "batch added 201",
              "batch changed 200",
              "batch removed 200",
              "apim added 201",
              "apim changed 200",
              "apim removed 200",
              "nimble added 201",
              "nimble changed 200",
              "nimble removed 200",
              "pack added 201",
              "pack changed 200",
              "pack removed 202"),
          Provisioning.run(endpoint(output)));
    } finally {
      roster.destroy();
      roster.waitFor();
    }
  }

  private static String endpoint(BufferedReader output) throws IOException {
    StringBuilder log = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      log.append(line).append('\n');
      Matcher announced = ENDPOINT.matcher(log);
      if (announced.find()) {
        return announced.group(1);
      }
    }
    throw new IllegalStateException("Roster did not start:\n" + log);
  }
}
