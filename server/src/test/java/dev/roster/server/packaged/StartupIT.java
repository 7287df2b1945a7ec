package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.ServerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the packaged server starts, refuses to start, and stops. */
class StartupIT {

  private static final int REFUSED = 1;

  /** What the operating system reports of a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  @TempDir private Path dataDir;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void announcementSaysWhatACallerNeeds() {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      String origin = server.endpoint().toString();
      assertThat(server.log())
          .contains(
              String.join(
                  System.lineSeparator(),
                  "Roster 0.1.0 is ready.",
                  "",
                  "  Azure Batch    " + origin + "   (api-version 2023-11-01.18.0)",
                  "                 " + server.httpsEndpoint(),
                  "    account      devbatch   key"
                      + " Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==",
                  "    or any bearer token",
                  "",
                  "  API Management " + origin + "   (api-version 2022-08-01)",
                  "                 " + server.httpsEndpoint(),
                  "    sample       subscription subid, resource group rg1, service apimService1",
                  "    with any bearer token",
                  "",
                  "  HPE Nimble     " + origin + "   (v1, release 5.2)",
                  "                 " + server.httpsEndpoint(),
                  "                 " + server.nimbleEndpoint(),
                  "    user         admin   password admin, until it is changed",
                  "    sample       user user729060021",
                  "",
                  "  Azure Pack     " + origin + "   (administrator interface)",
                  "                 " + server.httpsEndpoint(),
                  "                 " + server.packAdminEndpoint(),
                  "                 " + server.packTenantEndpoint() + "   (tenant interface)",
                  "    sample       user aaa@bbb.com",
                  "    with any bearer token",
                  "",
                  "  Contracts      " + origin + "/q/swagger-ui",
                  "  Rule coverage  " + origin + "/roster/coverage",
                  "  Health         " + origin + "/q/health",
                  "  Metrics        " + origin + "/q/metrics",
                  "  Data           " + dataDir,
                  "  Database       embedded PostgreSQL in the data directory",
                  "  Authority      " + dataDir + "/ca.pem   (clients of https trust it)",
                  "    for Java     " + dataDir + "/truststore.p12   password changeit",
                  ""))
          .doesNotContain("WARN", "ERROR");
    }
  }

  @Test
  void sigtermStopsTheServerAndThenItsDatabase() throws Exception {
    ServerProcess server = ServerProcess.start(dataDir, Map.of());
    assertThat(Processes.on(dataDir)).hasSize(2);

    server.close();

    assertThat(server.exitCode()).isEqualTo(TERMINATED);
    assertThat(server.log())
        .contains("roster-server stopped in ")
        .doesNotContain("WARN", "ERROR", "Exception");
    assertThat(Processes.on(dataDir)).isEmpty();
    assertThat(dataDir.resolve("postgresql/postmaster.pid")).doesNotExist();
    assertThat(Files.readString(dataDir.resolve("postgresql.log")))
        .contains("database system is shut down");
  }

  @Test
  void sigtermDuringTheStartLeavesNoDatabaseBehind() throws Exception {
    StartAttempt attempt =
        StartAttempt.begin(dataDir, Map.of())
            .reaches(dataDir.resolve("postgresql.complete"))
            .terminate();

    assertThat(attempt.exitCode()).isEqualTo(TERMINATED);
    assertThat(Processes.on(dataDir)).isEmpty();
    assertThat(dataDir.resolve("postgresql/postmaster.pid")).doesNotExist();
  }

  @Test
  void dataSurvivesARestartAndADeletedSampleWorldStaysDeleted() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      Accounts sample = Accounts.ofSampleNode(server.endpoint());
      assertThat(sample.add("userName")).isEqualTo("409 NodeUserExists");
      assertThat(sample.deletePool()).isEqualTo("202");
      assertThat(Accounts.ofNewPool(server.endpoint(), "mine").add("alice")).isEqualTo("201");
    }
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      assertThat(Accounts.ofSampleNode(server.endpoint()).getPool()).isEqualTo("404 PoolNotFound");
      assertThat(Accounts.ofOnlyNode(server.endpoint(), "mine").add("alice"))
          .isEqualTo("409 NodeUserExists");
    }
  }

  @Test
  void withoutSampleWorldTheServerStartsEmpty() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(dataDir, Map.of("roster.sample-world", "false"))) {
      assertThat(Accounts.ofSampleNode(server.endpoint()).getPool()).isEqualTo("404 PoolNotFound");
    }
  }

  @Test
  void onlyTheOwnerReadsThePasswordTheLogAndTheProgramsOfTheDatabase() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            dataDir,
            Map.of(
                "roster.sample-world",
                "false",
                "roster.cache-dir",
                dataDir.resolve("cache").toString()))) {
      assertThat(permissions("postgresql")).isEqualTo("rwx------");
      assertThat(permissions("cache")).isEqualTo("rwx------");
      for (String file : List.of("postgresql.password", "postgresql.log", "roster.lock")) {
        assertThat(permissions(file)).as(file).isEqualTo("rw-------");
      }
      assertThat(server.log())
          .doesNotContain(Files.readString(dataDir.resolve("postgresql.password")));
    }
  }

  @Test
  void secondServerOnADataDirectoryIsRefused() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      StartAttempt attempt = StartAttempt.begin(dataDir, Map.of());
      assertThat(attempt.exitCode()).isEqualTo(REFUSED);
      assertThat(attempt.output())
          .containsExactly(
              "Roster did not start: the data directory "
                  + dataDir.toRealPath()
                  + " is in use by another Roster. Stop it, or set roster.data-dir to another"
                  + " folder.");
      assertThat(Accounts.ofSampleNode(server.endpoint()).add("alice")).isEqualTo("201");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roster.http.port",
        "roster.https.port",
        "roster.nimble.https.port",
        "roster.pack.admin.port",
        "roster.pack.tenant.port"
      })
  void portInUseEndsTheStartBeforeTheDatabaseIsMade(String property) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StartAttempt attempt =
          StartAttempt.begin(dataDir, Map.of(property, Integer.toString(taken.getLocalPort())));
      assertThat(attempt.exitCode()).isEqualTo(REFUSED);
      assertThat(attempt.output())
          .containsExactly(
              "Roster did not start: port "
                  + taken.getLocalPort()
                  + " on 127.0.0.1 cannot be opened (Address already in use). Stop what uses it, or"
                  + " set "
                  + property
                  + " to another port.");
      assertThat(dataDir).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "roster.pack.admin.port, roster.pack.tenant.port",
    "roster.https.port, roster.pack.admin.port",
    "roster.nimble.https.port, roster.pack.tenant.port"
  })
  void twoPropertiesWithOnePortEndTheStart(String first, String second) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String free = Integer.toString(port);

    StartAttempt attempt = StartAttempt.begin(dataDir, Map.of(first, free, second, free));

    assertThat(attempt.exitCode()).isEqualTo(REFUSED);
    assertThat(attempt.output())
        .containsExactly(
            "Roster did not start: "
                + first
                + " and "
                + second
                + " are both "
                + port
                + ". Set one of them to another port.");
    assertThat(dataDir).isEmptyDirectory();
  }

  @Test
  void portThatIsSwitchedOffIsNoOnesAndNotAnnounced() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess server =
            ServerProcess.start(
                dataDir,
                Map.of(
                    "roster.pack.tenant.enabled",
                    "false",
                    "roster.pack.tenant.port",
                    Integer.toString(taken.getLocalPort()),
                    "roster.sample-world",
                    "false"))) {
      assertThat(server.log()).doesNotContain("tenant interface", "aaa@bbb.com");
      assertThat(server.packAdminEndpoint()).hasScheme("https");
    }
  }

  @Test
  void unreachableDatabaseEndsTheStartWithOneLineWithoutThePassword() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    StartAttempt attempt =
        StartAttempt.begin(
            dataDir,
            Map.of(
                "roster.database.url",
                "jdbc:postgresql://127.0.0.1:" + closed + "/roster?password=open-sesame"));
    assertThat(attempt.exitCode()).isEqualTo(REFUSED);
    assertThat(attempt.output())
        .containsExactly(
            "Roster did not start: the database of roster.database.url cannot be used (Connection"
                + " to 127.0.0.1:"
                + closed
                + " refused. Check that the hostname and port are correct and that the postmaster"
                + " is accepting TCP/IP connections.). Check roster.database.url,"
                + " roster.database.username and roster.database.password, and that the database"
                + " runs.");
  }

  @ParameterizedTest
  @MethodSource("refusedConfigurations")
  void configurationThatCannotWorkEndsTheStartWithOneLine(
      Map<String, String> properties, String line) throws Exception {
    StartAttempt attempt = StartAttempt.begin(dataDir, properties);
    assertThat(attempt.exitCode()).isEqualTo(REFUSED);
    assertThat(attempt.output()).containsExactly("Roster did not start: " + line);
    assertThat(dataDir).isEmptyDirectory();
  }

  static Stream<Arguments> refusedConfigurations() {
    return Stream.of(
        refused(
            "roster.http.prot",
            "8081",
            "the configuration is not valid: there is no property roster.http.prot."),
        refused(
            "roster.http.port",
            "65536",
            "roster.http.port=65536 is no port; it has to be 0 to" + " 65535."),
        refused(
            "roster.https.port", "-1", "roster.https.port=-1 is no port; it has to be 0 to 65535."),
        refused(
            "roster.choices.batch.add-user.name-format",
            "reject",
            "roster.choices.batch.add-user.name-format=reject is not one of [accept, refuse]."),
        refused("roster.apim.page-size", "0", "roster.apim.page-size=0 has to be 1 to 1000."),
        refused("roster.apim.page-size", "1001", "roster.apim.page-size=1001 has to be 1 to 1000."),
        refused(
            "roster.nimble.https.port",
            "65536",
            "roster.nimble.https.port=65536 is no port; it has to be 0 to 65535."),
        refused(
            "roster.nimble.inactivity-timeout",
            "0s",
            "roster.nimble.inactivity-timeout=PT0S has to be 1s to 12h."),
        refused(
            "roster.nimble.inactivity-timeout",
            "43201s",
            "roster.nimble.inactivity-timeout=PT12H1S has to be 1s to 12h."),
        refused(
            "roster.nimble.allowed-attempts",
            "-1",
            "roster.nimble.allowed-attempts=-1 has to be 0 to 10."),
        refused(
            "roster.nimble.allowed-attempts",
            "11",
            "roster.nimble.allowed-attempts=11 has to be 0 to 10."),
        refused(
            "roster.nimble.max-sessions",
            "0",
            "roster.nimble.max-sessions=0 has to be 1 to 1000000."),
        refused(
            "roster.nimble.max-users", "0", "roster.nimble.max-users=0 has to be 1 to 1000000."),
        refused(
            "roster.nimble.admin-password",
            "",
            "the configuration is not valid: roster.nimble.admin-password is empty; set it or leave"
                + " it out."),
        Arguments.of(
            Map.of("roster.http.host", "0.0.0.0", "roster.auth", "strict"),
            "roster.http.host=0.0.0.0 is reachable from other machines, where everybody knows the"
                + " password of the administrator of a new array. Set"
                + " roster.nimble.admin-password, or listen on 127.0.0.1."),
        refused(
            "roster.pack.sync.failing-users",
            "fails-(.*",
            "roster.pack.sync.failing-users is no regular expression (Unclosed group)."),
        refused(
            "roster.pack.tenant.port",
            "65536",
            "roster.pack.tenant.port=65536 is no port; it has to be 0 to 65535."),
        refused(
            "roster.choices.batch.add-user.no-such-rule",
            "refuse",
            "roster.choices.batch.add-user.no-such-rule names no switchable rule; the contracts"
                + " list them under x-rules."),
        refused(
            "roster.http.host",
            "0.0.0.0",
            "roster.http.host=0.0.0.0 is reachable from other machines, where any bearer token"
                + " would be taken. Set roster.auth=strict, listen on 127.0.0.1, or read in the"
                + " README about roster.lenient-off-loopback."),
        refused(
            "roster.bearer.issuer",
            "https://issuer.example.test/",
            "roster.bearer.issuer and roster.bearer.keys need each other; set both or none."),
        Arguments.of(
            Map.of(
                "roster.auth",
                "strict",
                "roster.bearer.issuer",
                "https://issuer.example.test/",
                "roster.bearer.keys",
                "no-such-file.json"),
            "roster.bearer.keys=no-such-file.json is no file with a JWK set and no http(s) URL"
                + " (no-such-file.json (No such file or directory))."),
        refused(
            "roster.database.url",
            "jdbc:mysql://127.0.0.1/roster",
            "roster.database.url has to be a PostgreSQL URL (jdbc:postgresql://host:port/name);"
                + " leave it out to use the embedded database."),
        refused(
            "roster.batch.accounts.devbatch",
            "not base64",
            "roster.batch.accounts.devbatch has to be a base64 key."));
  }

  private static Arguments refused(String property, String value, String line) {
    return Arguments.of(Map.of(property, value), line);
  }

  private String permissions(String file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve(file)));
  }
}
