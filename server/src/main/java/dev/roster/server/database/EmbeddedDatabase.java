package dev.roster.server.database;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL that the server starts for itself in its data directory.
 *
 * <p>It is a child process that listens on loopback, asks for a random password and writes every
 * commit to disk. It ends with the server, and is started again if it ends before. One server owns
 * a data directory at a time.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);

  /** For what looks at the database beside the server: psql, a back-up, the benchmark. */
  private static final int SPARE_CONNECTIONS = 40;

  /** For the processes of a PostgreSQL that died; they have nothing left to write. */
  private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(2);

  /** A PostgreSQL that ran for so long does not fail because of how it was started. */
  private static final Duration STABLE = Duration.ofMinutes(1);

  private static final AtomicInteger RUNNING = new AtomicInteger();

  /** The start that the service waits for. */
  private static final AtomicReference<CompletableFuture<Void>> STARTING =
      new AtomicReference<>(CompletableFuture.completedFuture(null));

  private final Path home;
  private final Path cacheDir;
  private final FileChannel lockChannel;
  private final int port;
  private final int maxConnections;
  private final PostgresCluster cluster;
  private final String password;
  private final Runnable onGivenUp;

  private final CountDownLatch closing = new CountDownLatch(1);
  private PostgresProcess current;
  private boolean running;

  private EmbeddedDatabase(
      Path home,
      Path cacheDir,
      FileChannel lockChannel,
      int port,
      int maxConnections,
      Runnable onGivenUp)
      throws IOException {
    this.home = home;
    this.cacheDir = cacheDir;
    this.lockChannel = lockChannel;
    this.port = port;
    this.maxConnections = maxConnections;
    this.cluster = new PostgresCluster(home);
    this.password = cluster.password();
    this.onGivenUp = onGivenUp;
  }

  /**
   * Takes the data directory and points {@code roster.database.*} at the PostgreSQL that {@link
   * #start()} starts there, unless a URL is configured.
   *
   * @param onGivenUp called when PostgreSQL ended and cannot be started again
   * @return what has to be started, and closed when the server ends; empty if a URL is configured
   * @throws StartupException if the data directory is in use or cannot be used
   */
  public static Optional<EmbeddedDatabase> configured(RosterConfig config, Runnable onGivenUp) {
    if (config.database().url().isPresent()) {
      return Optional.empty();
    }
    EmbeddedDatabase database =
        reserve(config.dataDir(), config.cacheDir(), config.database().maxConnections(), onGivenUp);
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
   * @param cacheDir for the programs of PostgreSQL
   * @param maxConnections connections that the server wants to open
   * @throws StartupException if the data directory is in use or PostgreSQL does not start
   */
  public static EmbeddedDatabase start(Path dataDir, Path cacheDir, int maxConnections) {
    EmbeddedDatabase database = reserve(dataDir, cacheDir, maxConnections, () -> {});
    try {
      database.start();
      return database;
    } catch (StartupException e) {
      database.close();
      throw e;
    }
  }

  /** Takes a data directory, and a port, for a PostgreSQL that is not started yet. */
  static EmbeddedDatabase reserve(
      Path dataDir, Path cacheDir, int maxConnections, Runnable onGivenUp) {
    FileChannel lockChannel = null;
    try {
      Path home = Files.createDirectories(dataDir.toAbsolutePath()).toRealPath();
      // The log quotes statements, and with them names of users; the lock tells who runs a server.
      PrivateFolder.openFile(home.resolve("postgresql.log"));
      PrivateFolder.openFile(home.resolve("roster.lock"));
      lockChannel = lock(home);
      return new EmbeddedDatabase(
          home,
          cacheDir.toAbsolutePath(),
          lockChannel,
          freePort(),
          maxConnections + SPARE_CONNECTIONS,
          onGivenUp);
    } catch (StartupException e) {
      unlock(lockChannel);
      throw e;
    } catch (IOException e) {
      unlock(lockChannel);
      throw PostgresFailure.of(dataDir, e.toString());
    }
  }

  /** Whether this process runs a database of its own. */
  public static boolean isRunning() {
    return RUNNING.get() > 0;
  }

  /** JDBC URL of the database, without user and password. */
  public String jdbcUrl() {
    return PostgresServer.jdbcUrl(port);
  }

  /** Name of the database user. */
  public String username() {
    return PostgresCluster.USER;
  }

  /** Password of the database user; random for each data directory. */
  public String password() {
    return password;
  }

  /**
   * Starts PostgreSQL and waits until it answers.
   *
   * @throws StartupException if it does not start, or is closed meanwhile
   */
  public void start() {
    try {
      cluster.stopLeftovers();
      PostgresBinaries binaries =
          PostgresBinaries.unpack(cacheDir, home.resolve("postgresql-binaries"));
      cluster.prepare(binaries, this::launch);
      PostgresServer server = new PostgresServer(home, cluster, binaries, port, maxConnections);
      PostgresProcess process = server.start(this::launch, password);
      synchronized (this) {
        refuseIfClosing();
        running = true;
      }
      RUNNING.incrementAndGet();
      Thread supervisor = new Thread(() -> supervise(server, process), "PostgreSQL supervisor");
      supervisor.setDaemon(true);
      supervisor.start();
    } catch (IOException e) {
      throw PostgresFailure.of(home, e.toString());
    }
  }

  /** Starts PostgreSQL while the caller does something else; see {@link #awaitStart()}. */
  public void startInBackground() {
    CompletableFuture<Void> starting = new CompletableFuture<>();
    STARTING.set(starting);
    Thread thread =
        new Thread(
            () -> {
              try {
                start();
                starting.complete(null);
              } catch (RuntimeException | Error e) {
                starting.completeExceptionally(e);
              }
            },
            "PostgreSQL start");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits until the database that starts in the background answers, if there is one.
   *
   * @throws StartupException if it does not start
   */
  public static void awaitStart() {
    try {
      STARTING.get().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StartupException refused ? refused : e;
    }
  }

  /** Stops PostgreSQL, also while it starts, and frees the data directory. */
  @Override
  public void close() {
    PostgresProcess process;
    synchronized (this) {
      closing.countDown();
      process = current;
      if (running) {
        running = false;
        RUNNING.decrementAndGet();
      }
    }
    if (process != null && !process.stop(PostgresServer.CLOSE_PATIENCE)) {
      LOG.warn("The embedded PostgreSQL did not stop in time; the next start recovers it");
      process.kill();
    }
    unlock(lockChannel);
  }

  private synchronized PostgresProcess launch(List<String> command) throws IOException {
    refuseIfClosing();
    current = PostgresProcess.start(command, cluster.log());
    return current;
  }

  private void refuseIfClosing() {
    if (closing.getCount() == 0) {
      throw new StartupException("the server is being stopped.");
    }
  }

  /** Starts PostgreSQL again whenever it ends, until the database is closed. */
  private void supervise(PostgresServer server, PostgresProcess first) {
    PostgresProcess process = first;
    Restarts restarts = new Restarts();
    long since = System.nanoTime();
    while (true) {
      process.awaitEnd();
      if (System.nanoTime() - since > STABLE.toNanos()) {
        restarts = new Restarts();
      }
      Optional<PostgresProcess> next = Optional.empty();
      String reason = process.reason();
      while (next.isEmpty()) {
        Optional<Duration> pause = restarts.next();
        if (isClosingWithin(pause.orElse(Duration.ZERO))) {
          return;
        }
        if (pause.isEmpty()) {
          LOG.fatalf("The embedded PostgreSQL ended again and again (%s); giving up", reason);
          onGivenUp.run();
          return;
        }
        LOG.errorf("The embedded PostgreSQL ended (%s); starting it again", reason);
        try {
          new PostgresLeftovers(cluster.folder()).stop(LEFTOVER_PATIENCE);
          next = Optional.of(server.start(this::launch, password));
        } catch (StartupException | IOException e) {
          reason = e.getMessage();
        }
      }
      LOG.info("The embedded PostgreSQL runs again");
      process = next.get();
      since = System.nanoTime();
    }
  }

  private boolean isClosingWithin(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
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
}
