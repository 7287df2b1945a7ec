package dev.roster.server.database;

import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL processes that still work on a cluster whose server or postmaster has died.
 *
 * <p>The caller holds the lock of the data directory, so that no living server can own them. They
 * are found by their working directory, which is the cluster, also when it was moved; where the
 * system does not tell it, by their arguments and by {@code postmaster.pid}.
 */
final class PostgresLeftovers {

  private static final Logger LOG = Logger.getLogger(PostgresLeftovers.class);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Path cluster;
  private final Path pidFile;

  PostgresLeftovers(Path cluster) {
    this.cluster = cluster;
    this.pidFile = cluster.resolve("postmaster.pid");
  }

  /**
   * Stops them, and then deletes the pid file if its number is another program's by now.
   *
   * @param patience time for running transactions to end
   * @throws StartupException if one of them cannot be stopped
   */
  void stop(Duration patience) throws IOException {
    if (!Files.exists(cluster)) {
      return;
    }
    List<ProcessHandle> found = processes();
    if (!found.isEmpty()) {
      List<ProcessHandle> roots =
          found.stream()
              .filter(process -> process.parent().filter(found::contains).isEmpty())
              .toList();
      LOG.infof(
          "Stopping the PostgreSQL of a killed server (processes %s)",
          roots.stream().map(ProcessHandle::pid).toList());
      roots.forEach(ProcessHandle::destroy);
      if (!areGone(patience)) {
        processes().forEach(ProcessHandle::destroyForcibly);
        if (!areGone(patience)) {
          throw new StartupException(
              "processes "
                  + processes().stream().map(ProcessHandle::pid).toList()
                  + " still work on "
                  + cluster
                  + " and cannot be stopped. Stop them, and start Roster again.");
        }
      }
    }
    releasePidFile();
  }

  private List<ProcessHandle> processes() {
    Optional<Long> recorded = recorded();
    return ProcessHandle.allProcesses()
        .filter(PostgresLeftovers::isPostgres)
        .filter(process -> worksHere(process, recorded))
        .toList();
  }

  /** A process that has ended, but that nobody has waited for, has no program any more. */
  private static boolean isPostgres(ProcessHandle process) {
    String program = process.info().command().orElse("");
    return program.endsWith("postgres")
        || program.endsWith("postgres.exe")
        || program.endsWith("initdb")
        || program.endsWith("initdb.exe");
  }

  private boolean worksHere(ProcessHandle process, Optional<Long> recorded) {
    Optional<Boolean> byFolder = hasWorkingDirectory(process);
    if (byFolder.orElse(false) || names(process, cluster)) {
      return true;
    }
    return byFolder.isEmpty()
        && recorded.filter(number -> number == process.pid()).isPresent()
        && !servesAnother(process);
  }

  /** Whether a process works in the cluster; empty where the system does not tell. */
  private Optional<Boolean> hasWorkingDirectory(ProcessHandle process) {
    Path folder = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      return Optional.of(Files.isSameFile(folder, cluster));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean names(ProcessHandle process, Path folder) {
    return process
        .info()
        .arguments()
        .filter(arguments -> List.of(arguments).contains(folder.toString()))
        .isPresent();
  }

  /** Whether the folder that a process was started on exists and is not the cluster. */
  private boolean servesAnother(ProcessHandle process) {
    try {
      List<String> lines = Files.readAllLines(pidFile);
      Path started = Path.of(lines.size() > 1 ? lines.get(1) : "");
      return Files.isDirectory(started)
          && !Files.isSameFile(started, cluster)
          && names(process, started);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Deletes the pid file only where PostgreSQL would refuse it by mistake: without a number, or
   * with that of a living process that works elsewhere. In all other cases PostgreSQL needs it, to
   * find the shared memory that the dead left behind.
   */
  private void releasePidFile() throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<Long> recorded = recorded();
    if (recorded.isEmpty() || recorded.flatMap(ProcessHandle::of).isPresent()) {
      Files.delete(pidFile);
    }
  }

  private Optional<Long> recorded() {
    try {
      return Files.readAllLines(pidFile).stream().findFirst().map(String::strip).map(Long::valueOf);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean areGone(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<ProcessHandle> left = processes();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      CompletableFuture<?>[] ends =
          left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
      try {
        CompletableFuture.allOf(ends).get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        LOG.trace("Looking again", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      left = processes();
    }
    return left.isEmpty();
  }
}
