package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the packaged server listens: no source of configuration goes past the checks. */
class AddressIT {

  private static final String PAST_THE_CHECKS =
      " would go past the checks of the server; set roster.http.host instead.";

  private static final String REACHABLE =
      "roster.http.host=%s is reachable from other machines, where any bearer token would be taken."
          + " Set roster.auth=strict, listen on 127.0.0.1, or read in the README about"
          + " roster.lenient-off-loopback.";

  @TempDir private Path dataDir;
  @TempDir private Path directory;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  private void assertRefused(
      Map<String, String> properties, Map<String, String> environment, String line)
      throws Exception {
    StartAttempt attempt = StartAttempt.begin(dataDir, properties, environment, directory);
    assertThat(attempt.exitCode()).isEqualTo(1);
    assertThat(attempt.output()).containsExactly("Roster did not start: " + line);
    assertThat(dataDir).isEmptyDirectory();
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus.http.host", "%prod.quarkus.http.host"})
  void systemPropertyOfQuarkusIsRefused(String property) throws Exception {
    assertRefused(Map.of(property, "0.0.0.0"), Map.of(), property + PAST_THE_CHECKS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUARKUS_HTTP_HOST", "_PROD_QUARKUS_HTTP_HOST"})
  void environmentVariableOfQuarkusIsRefused(String variable) throws Exception {
    assertRefused(Map.of(), Map.of(variable, "0.0.0.0"), variable + PAST_THE_CHECKS);
  }

  @ParameterizedTest
  @CsvSource({
    ".env, QUARKUS_HTTP_HOST",
    "config/application.properties, quarkus.http.host",
    "config/application.properties, %prod.quarkus.http.host",
    "config/application-prod.properties, quarkus.http.host"
  })
  void fileWithAPropertyOfQuarkusIsRefused(String file, String property) throws Exception {
    // The files of profiles are only looked for beside this one.
    write("config/application.properties", "");
    write(file, property + "=0.0.0.0\n");

    assertRefused(Map.of(), Map.of(), property + PAST_THE_CHECKS);
  }

  @Test
  void fileOfAnyPlaceIsRefused() throws Exception {
    write("more.properties", "quarkus.http.host=0.0.0.0\n");

    assertRefused(
        Map.of(),
        Map.of("QUARKUS_CONFIG_LOCATIONS", directory.resolve("more.properties").toString()),
        "quarkus.http.host" + PAST_THE_CHECKS);
  }

  @Test
  void profileIsRefused() throws Exception {
    write("config/application-mine.properties", "quarkus.http.host=0.0.0.0\n");

    assertRefused(
        Map.of(),
        Map.of("QUARKUS_PROFILE", "mine"),
        "the configuration profile mine would change what the server depends on; leave"
            + " quarkus.profile out.");
  }

  @Test
  void addressOfTheProfileIsTheOneThatIsChecked() throws Exception {
    assertRefused(
        Map.of("%prod.roster.http.host", "0.0.0.0"), Map.of(), REACHABLE.formatted("0.0.0.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "::", "[::]", "::ffff:0.0.0.0"})
  void addressOfEverythingIsOneHoweverItIsWritten(String host) throws Exception {
    assertRefused(Map.of("roster.http.host", host), Map.of(), REACHABLE.formatted(host));
  }

  @Test
  void emptyHostIsRefused() throws Exception {
    assertRefused(
        Map.of("roster.http.host", ""),
        Map.of(),
        "the configuration is not valid: roster.http.host is empty; set it or leave it out.");
  }

  @Test
  void nameThatIsOnLoopbackOnlyInPartIsRefused() throws Exception {
    write("hosts", "127.0.0.1 both.test\n192.0.2.7 both.test\n");

    assertRefused(
        Map.of(
            "roster.http.host",
            "both.test",
            "jdk.net.hosts.file",
            directory.resolve("hosts").toString()),
        Map.of(),
        "roster.http.host=both.test stands for several addresses, of which only some are on"
            + " loopback (127.0.0.1, 192.0.2.7). Set roster.http.host to the one to listen on.");
  }
}
