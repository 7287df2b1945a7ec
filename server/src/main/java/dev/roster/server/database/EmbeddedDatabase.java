package dev.roster.server.database;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL that the server starts for itself in its data directory.
 *
 * <p>It is a child process that listens on loopback, asks for a random password and writes every
 * commit to disk. One server owns a data directory at a time. A PostgreSQL that a killed server
 * left behind on the directory is stopped first.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);

  private static final String USER = "postgres";

  /** For what looks at the database beside the server: psql, a back-up, the benchmark. */
  private static final int SPARE_CONNECTIONS = 40;

  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(10);

  /** Long enough for the crash recovery of a large directory. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private static final AtomicInteger RUNNING = new AtomicInteger();

  private final EmbeddedPostgres postgres;
  private final FileChannel lockChannel;
  private final String password;

  private EmbeddedDatabase(EmbeddedPostgres postgres, FileChannel lockChannel, String password) {
    this.postgres = postgres;
    this.lockChannel = lockChannel;
    this.password = password;
  }

  /**
   * Starts PostgreSQL and points {@code roster.database.*} at it, unless a URL is configured.
   *
   * @return what has to be closed when the server ends; empty if a URL is configured
   * @throws StartupException if the data directory is in use or PostgreSQL does not start
   */
  public static Optional<EmbeddedDatabase> startUnlessConfigured(RosterConfig config) {
    if (config.database().url().isPresent()) {
      return Optional.empty();
    }
    EmbeddedDatabase database =
        start(config.dataDir().toAbsolutePath(), config.database().maxConnections());
    // System properties, because Quarkus reads its configuration anew and they rank first.
    System.setProperty("roster.database.url", database.jdbcUrl());
    System.setProperty("roster.database.username", database.username());
    System.setProperty("roster.database.password", database.password());
    return Optional.of(database);
  }

  /**
   * Starts PostgreSQL on a data directory.
   *
   * @param dataDir made if it does not exist
   * @param maxConnections connections that the server wants to open
   * @throws StartupException if the data directory is in use or PostgreSQL does not start
   */
  public static EmbeddedDatabase start(Path dataDir, int maxConnections) {
    FileChannel lockChannel = null;
    try {
      Path home = Files.createDirectories(dataDir).toRealPath();
      lockChannel = lock(home);
      Path cluster = home.resolve("postgresql");
      Path complete = home.resolve("postgresql.complete");
      Path passwordFile = home.resolve("postgresql.password");
      stopOrphans(cluster);
      if (!Files.exists(complete)) {
        // A server that was killed while it made the cluster had not acknowledged anything yet.
        deleteRecursively(cluster);
        writePassword(passwordFile);
      }
      String password = Files.readString(passwordFile);
      EmbeddedPostgres postgres =
          startPostgres(home, cluster, passwordFile, password, maxConnections);
      if (!Files.exists(complete)) {
        Files.createFile(complete);
      }
      RUNNING.incrementAndGet();
      return new EmbeddedDatabase(postgres, lockChannel, password);
    } catch (StartupException e) {
      unlock(lockChannel);
      throw e;
    } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
      // The last of them is how the library reports binaries that it cannot unpack.
      unlock(lockChannel);
      throw new StartupException(
          "the embedded PostgreSQL in "
              + dataDir
              + " could not be started ("
              + (e.getMessage() == null ? e.getCause() : e)
              + "). Check that the folder is writable and see postgresql.log in it, choose another"
              + " with roster.data-dir, or use a server of your own with roster.database.url.",
          e);
    }
  }

  /** Whether this process runs a database of its own. */
  public static boolean isRunning() {
    return RUNNING.get() > 0;
  }

  /** JDBC URL of the database, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  /** Name of the database user. */
  public String username() {
    return USER;
  }

  /** Password of the database user; random for each data directory. */
  public String password() {
    return password;
  }

  /** Stops PostgreSQL and frees the data directory. */
  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      LOG.warn("The embedded PostgreSQL did not stop cleanly; the next start will recover it", e);
    }
    unlock(lockChannel);
    RUNNING.decrementAndGet();
  }

  private static FileChannel lock(Path dataDir) throws IOException {
    FileChannel channel =
        FileChannel.open(
            dataDir.resolve("roster.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      channel.close();
      throw new StartupException(
          "the data directory "
              + dataDir
              + " is in use by another Roster. Stop it, or set roster.data-dir to another folder.");
    }
    return channel;
  }

  private static void unlock(FileChannel lockChannel) {
    if (lockChannel != null) {
      try {
        lockChannel.close();
      } catch (IOException e) {
        LOG.debug("The lock goes with the process", e);
      }
    }
  }

  /**
   * Stops what outlived a killed server: its PostgreSQL, or what was making the cluster. The caller
   * holds the directory's lock, so no living server can own them.
   */
  private static void stopOrphans(Path cluster) throws IOException {
    if (!Files.exists(cluster)) {
      return;
    }
    Path pidFile = cluster.resolve("postmaster.pid");
    List<ProcessHandle> roots =
        Stream.concat(
                ProcessHandle.allProcesses().filter(process -> serves(process, cluster)),
                recorded(pidFile).stream())
            .distinct()
            .toList();
    List<ProcessHandle> orphans =
        Stream.concat(roots.stream(), roots.stream().flatMap(ProcessHandle::descendants))
            .distinct()
            .toList();
    if (!orphans.isEmpty()) {
      LOG.infof(
          "Stopping the PostgreSQL of a killed server (processes %s)",
          roots.stream().map(ProcessHandle::pid).toList());
      // SIGTERM lets running transactions finish.
      roots.forEach(ProcessHandle::destroy);
      if (!exit(orphans)) {
        orphans.forEach(ProcessHandle::destroyForcibly);
        if (!exit(orphans)) {
          throw new StartupException(
              "processes "
                  + orphans.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList()
                  + " still hold "
                  + cluster
                  + " and cannot be stopped.");
        }
      }
    }
    // PostgreSQL takes a number that another program got meanwhile for a living postmaster.
    Files.deleteIfExists(pidFile);
  }

  private static boolean serves(ProcessHandle process, Path cluster) {
    return process
        .info()
        .arguments()
        .filter(arguments -> List.of(arguments).contains(cluster.toString()))
        .isPresent();
  }

  /** The process of the pid file, on systems that do not tell the arguments of a process. */
  private static Optional<ProcessHandle> recorded(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(process -> process.info().arguments().isEmpty())
        .filter(
            process ->
                process
                    .info()
                    .command()
                    .filter(command -> command.contains("postgres"))
                    .isPresent());
  }

  private static boolean exit(List<ProcessHandle> processes) {
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(ORPHAN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static EmbeddedPostgres startPostgres(
      Path dataDir, Path cluster, Path passwordFile, String password, int maxConnections)
      throws IOException {
    Path binaries = dataDir.resolve("postgresql-binaries");
    // The library lets everybody write to the folder that it unpacks to, so another is around it.
    ownFolder(binaries);
    // It quotes statements, and with them names of users; the lock tells who runs a server.
    for (String file : List.of("postgresql.log", "roster.lock")) {
      ownFile(dataDir.resolve(file));
    }
    // Or it would look for abandoned databases, to delete them, in a folder for temporary files.
    System.setProperty("ot.epg.working-dir", binaries.resolve("unpacked").toString());
    return EmbeddedPostgres.builder()
        .setDataDirectory(cluster)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(binaries.resolve("unpacked").toFile())
        // The caller stops it, after the last request.
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START_PATIENCE)
        // Options of initdb: the library's own default trusts every local user.
        .setLocaleConfig("pwfile", passwordFile.toString())
        .setLocaleConfig("auth-host", "scram-sha-256")
        .setLocaleConfig("auth-local", "scram-sha-256")
        .setLocaleConfig("locale", "C")
        .setConnectConfig("password", password)
        // The library switches both off for speed; what was acknowledged has to survive a crash.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", Integer.toString(maxConnections + SPARE_CONNECTIONS))
        .setOutputRedirector(Redirect.appendTo(dataDir.resolve("postgresql.log").toFile()))
        .setErrorRedirector(Redirect.appendTo(dataDir.resolve("postgresql.log").toFile()))
        .start();
  }

  private static void ownFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static void ownFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void writePassword(Path file) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(file);
    if (Files.getFileAttributeView(file.getParent(), PosixFileAttributeView.class) != null) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, HexFormat.of().formatHex(random));
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
