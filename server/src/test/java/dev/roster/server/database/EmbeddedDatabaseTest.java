package dev.roster.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.StartupException;
import dev.roster.testing.DatabaseTestResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  private static final int CONNECTIONS = 8;

  /** For what has to be there in five seconds on a machine that has nothing else to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final List<EmbeddedDatabase> started = new ArrayList<>();
  private Path dataDir;
  private Path cluster;

  @BeforeEach
  void chooseFolders() throws IOException {
    dataDir = folder.toRealPath().resolve("data");
    cluster = dataDir.resolve("postgresql");
  }

  @AfterEach
  void stop() {
    started.forEach(EmbeddedDatabase::close);
  }

  @Test
  void clusterWithoutTheMarkOfFormerServersIsOpenedAsItIs() throws Exception {
    makeWithRow();
    Files.delete(dataDir.resolve("postgresql.complete"));

    assertThat(row(start(dataDir))).isEqualTo("kept");
  }

  @Test
  void incompleteClusterIsRefusedAndKept() throws Exception {
    makeWithRow();
    Files.delete(cluster.resolve("global/pg_control"));
    Files.delete(dataDir.resolve("postgresql.complete"));

    assertRefused(
        cluster
            + " is no complete database (global/pg_control is missing), and Roster deletes no data."
            + " Restore the folder from your back-up; or move it away, and a new database is made.");
    assertThat(cluster.resolve("base/1/PG_VERSION")).exists();
  }

  @Test
  void clusterWithoutItsPasswordIsRefusedAndKept() throws Exception {
    makeWithRow();
    Files.delete(dataDir.resolve("postgresql.password"));

    assertRefused(
        dataDir.resolve("postgresql.password")
            + " is missing, and the database in "
            + cluster
            + " cannot be opened without it. Restore the file from your back-up, or set"
            + " roster.data-dir to another folder.");
    assertThat(cluster.resolve("global/pg_control")).exists();
    assertThat(dataDir.resolve("postgresql.password")).doesNotExist();
  }

  @Test
  void passwordOfAnotherClusterIsNamed() throws Exception {
    makeWithRow();
    Files.writeString(dataDir.resolve("postgresql.password"), "open-sesame");

    assertRefused(
        "the embedded PostgreSQL in "
            + dataDir
            + " does not open its database (FATAL: password authentication failed for user"
            + " \"postgres\"). Restore postgresql and postgresql.password there from one back-up,"
            + " or set roster.data-dir to another folder.");
    assertThat(cluster.resolve("postmaster.pid")).doesNotExist();
  }

  @Test
  void unfinishedClusterOfAKilledStartIsReplaced() throws Exception {
    Path unfinished = Files.createDirectories(dataDir.resolve("postgresql.unfinished/base"));
    Files.writeString(unfinished.resolveSibling("PG_VERSION"), "18\n");
    Files.createDirectories(cluster);

    start(dataDir);

    assertThat(cluster.resolve("global/pg_control")).exists();
    assertThat(dataDir.resolve("postgresql.unfinished")).doesNotExist();
  }

  @Test
  void clusterOfAnotherMajorVersionIsNamed() throws Exception {
    makeWithRow();
    Files.writeString(cluster.resolve("PG_VERSION"), "17\n");

    assertRefused(
        "the database in "
            + cluster
            + " is one of PostgreSQL 17, and this Roster runs PostgreSQL 18. Start it with the"
            + " Roster that made it; to upgrade, dump it there with pg_dump and restore it into the"
            + " new data directory of this one.");
  }

  @Test
  void damagedControlFileIsNamedInPostgresqlsOwnWords() throws Exception {
    makeWithRow();
    Path control = cluster.resolve("global/pg_control");
    byte[] content = Files.readAllBytes(control);
    content[100] ^= 1;
    Files.write(control, content, StandardOpenOption.TRUNCATE_EXISTING);

    assertRefused(
        "the embedded PostgreSQL in "
            + dataDir
            + " does not start (incorrect checksum in control file). Look into postgresql.log"
            + " there. Restore the folder from your back-up, set roster.data-dir to another folder,"
            + " or use a server of your own with roster.database.url.");
  }

  @Test
  void clusterThatOthersMayReadIsNamed() throws Exception {
    makeWithRow();
    Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> start(dataDir))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("invalid permissions: Permissions should be u=rwx (0700)")
        .hasMessageEndingWith("Take away the access of other users (chmod 700).");
  }

  @Test
  void movedDirectoryOfAnOrphanHasOnePostgresqlAfterwards() throws Exception {
    makeWithRow();
    ProcessHandle orphan = orphan();
    Path moved = dataDir.resolveSibling("moved");
    Files.move(dataDir, moved);

    EmbeddedDatabase database = start(moved);

    // Where nobody waits for orphans, one that has ended stays in the list without a program.
    assertThat(orphan.isAlive() && orphan.info().command().isPresent()).isFalse();
    assertThat(row(database)).isEqualTo("kept");
  }

  @Test
  void copiedDirectoryLeavesTheOriginalAlone() throws Exception {
    EmbeddedDatabase original = start(dataDir);
    execute(original, "create table kept as select 'kept' as word", "checkpoint");
    Path copy = dataDir.resolveSibling("copy");
    assertThat(
            new ProcessBuilder("cp", "-a", dataDir.toString(), copy.toString()).start().waitFor())
        .isZero();

    assertThat(row(start(copy))).isEqualTo("kept");
    assertThat(row(original)).isEqualTo("kept");
  }

  @Test
  void numberOfAnotherProgramInThePidFileIsNoPostgresql() throws Exception {
    makeWithRow();
    Files.writeString(
        cluster.resolve("postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + cluster + "\n1\n1\n\n127.0.0.1\n 1 1\nready\n");

    assertThat(row(start(dataDir))).isEqualTo("kept");
  }

  @Test
  void killedPostgresqlIsStartedAgainAtTheSameAddress() throws Exception {
    EmbeddedDatabase database = start(dataDir);
    execute(database, "create table kept as select 'kept' as word");
    ProcessHandle first = postmaster();

    first.destroyForcibly();

    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(
            () -> {
              assertThat(row(database)).isEqualTo("kept");
              assertThat(postmaster().pid()).isNotEqualTo(first.pid());
            });
  }

  @Test
  void closingEndsAStartAtOnceAndLeavesNoProcess() throws Exception {
    for (String reached : List.of("postgresql.unfinished", "postgresql.complete")) {
      EmbeddedDatabase database =
          EmbeddedDatabase.reserve(dataDir, DatabaseTestResource.CACHE_DIR, CONNECTIONS, () -> {});
      started.add(database);
      CompletableFuture<Void> start = CompletableFuture.runAsync(database::start);
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(5, TimeUnit.MILLISECONDS)
          .until(() -> Files.exists(dataDir.resolve(reached)));

      database.close();

      assertThat(start)
          .failsWithin(PATIENCE)
          .withThrowableThat()
          .withRootCauseInstanceOf(StartupException.class);
      assertThat(ProcessHandle.current().children().filter(this::worksHere)).isEmpty();
    }
    start(dataDir);
  }

  private boolean worksHere(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .filter(arguments -> List.of(arguments).toString().contains(dataDir.toString()))
        .isPresent();
  }

  private EmbeddedDatabase start(Path directory) {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(directory, DatabaseTestResource.CACHE_DIR, CONNECTIONS);
    started.add(database);
    return database;
  }

  private void assertRefused(String line) {
    assertThatThrownBy(() -> start(dataDir)).isInstanceOf(StartupException.class).hasMessage(line);
  }

  private void makeWithRow() throws SQLException {
    EmbeddedDatabase database = start(dataDir);
    execute(database, "create table kept as select 'kept' as word");
    database.close();
  }

  /** A PostgreSQL on the cluster without a server, as kill -9 of a server once left it. */
  private ProcessHandle orphan() throws Exception {
    PostgresBinaries binaries =
        PostgresBinaries.unpack(DatabaseTestResource.CACHE_DIR, DatabaseTestResource.CACHE_DIR);
    Process start =
        new ProcessBuilder(
                binaries.command(
                    "pg_ctl",
                    "-D",
                    cluster.toString(),
                    "-l",
                    folder.resolve("orphan.log").toString(),
                    "-o",
                    "-c listen_addresses= -c unix_socket_directories=" + folder,
                    "start"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pg_ctl.log").toFile())
            .start();
    assertThat(start.waitFor()).as(Files.readString(folder.resolve("pg_ctl.log"))).isZero();
    return postmaster();
  }

  private ProcessHandle postmaster() throws IOException {
    String pid = Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void execute(EmbeddedDatabase database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String row(EmbeddedDatabase database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select word from kept")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
