package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roster.testing.ServerProcess;
import dev.roster.testing.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged server on the newest Java that it supports.
 *
 * <p>Looks for a JDK 25 in the system property or environment variable {@code JDK_25_HOME}, then in
 * {@code /usr/lib/jvm}.
 */
class JavaVersionsIT {

  private static final String JDK_25_HOME = "JDK_25_HOME";
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void startsAndAnswersOnJava25WithoutWarningsOfTheJvm() throws Exception {
    Optional<Path> javaHome = findJava25();
    assumeTrue(
        javaHome.isPresent(),
        "No JDK 25 here: set JDK_25_HOME, or install one below "
            + INSTALLED
            + ", to run this test");
    try (ServerProcess server = ServerProcess.start(javaHome.orElseThrow(), dataDir, Map.of())) {
      Accounts accounts = Accounts.ofSampleNode(server.endpoint());
      assertThat(accounts.add("alice")).isEqualTo("201");
      assertThat(accounts.update("alice")).isEqualTo("200");
      assertThat(accounts.delete("alice")).isEqualTo("200");
      Accounts overHttps =
          Accounts.ofSampleNode(server.httpsEndpoint(), Trust.inStore(server.trustStore()));
      assertThat(overHttps.add("alice")).isEqualTo("201");
      assertThat(server.log()).doesNotContain("WARN", "ERROR", "Exception");
    }
    assertThat(Processes.on(dataDir)).isEmpty();
  }

  private static Optional<Path> findJava25() throws IOException {
    String configured = System.getProperty(JDK_25_HOME, System.getenv(JDK_25_HOME));
    if (configured != null) {
      return Optional.of(Path.of(configured));
    }
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> candidates = Files.list(INSTALLED)) {
      return candidates.filter(JavaVersionsIT::isJava25).sorted().findFirst();
    }
  }

  private static boolean isJava25(Path javaHome) {
    Path release = javaHome.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(javaHome.resolve("bin/java"))) {
      return false;
    }
    try {
      Matcher version = VERSION.matcher(Files.readString(release));
      return version.find() && version.group(1).equals("25");
    } catch (IOException e) {
      return false;
    }
  }
}
