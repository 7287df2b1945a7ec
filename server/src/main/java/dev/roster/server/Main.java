package dev.roster.server;

import dev.roster.server.config.ClockProducer;
import dev.roster.server.config.ListenAddress;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupChecks;
import dev.roster.server.database.EmbeddedDatabase;
import dev.roster.server.tls.ServerCertificate;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Logger;

/**
 * Starts the database where none is configured, makes the certificate where none is configured, and
 * starts the service.
 *
 * <p>The database starts beside the service, which waits for it before it migrates the schema; its
 * address is known before, because Quarkus fixes the JDBC URL and reads the certificate when it
 * starts. When the server is stopped, the database goes last, because running requests still need
 * it.
 */
@QuarkusMain
public final class Main {

  private static final int START_REFUSED = 1;

  /** What the machine itself ends with on SIGTERM. */
  private static final int TERMINATED = 143;

  /** Longer than {@code quarkus.shutdown.timeout} and a slow start together. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long LOOK_AGAIN_MILLIS = 200;

  private final CountDownLatch serviceEnded = new CountDownLatch(1);
  private volatile EmbeddedDatabase database;
  private volatile boolean stopping;
  private volatile boolean serving;

  Main() {}

  /**
   * Runs the server until it is stopped. A start that cannot succeed ends with exit code 1 and one
   * line that says what to do.
   */
  public static void main(String[] args) {
    System.exit(new Main().run(args));
  }

  private int run(String... args) {
    // A signal runs all hooks at once, and the machine stops as soon as the last of them returns.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "Database shutdown"));
    // Java reads it once, when TLS is first used. TLS 1.2 clients could make the server work
    // without end.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    try {
      RosterConfig config = StartupChecks.check();
      // Quarkus gets the address and not the name, which could stand for another by then.
      System.setProperty("quarkus.http.host", ListenAddress.of(config.http().host()).literal());
      Optional<ServerCertificate> certificate =
          ServerCertificate.configured(config, ClockProducer.system());
      database =
          EmbeddedDatabase.configured(config, () -> Quarkus.asyncExit(START_REFUSED)).orElse(null);
      if (stopping) {
        return START_REFUSED;
      }
      startDatabase();
      // Not before the data directory is locked, which refuses one that is another server's.
      certificate.ifPresent(Main::present);
      return beginServing() ? serve(args) : START_REFUSED;
    } catch (RuntimeException e) {
      report(e);
      return START_REFUSED;
    } finally {
      serviceEnded.countDown();
    }
  }

  private void startDatabase() {
    if (database != null) {
      database.startInBackground();
    }
  }

  private static void present(ServerCertificate certificate) {
    certificate.prepare();
    // System properties, as for the database.
    certificate.quarkusProperties().forEach(System::setProperty);
  }

  private synchronized boolean beginServing() {
    serving = !stopping;
    return serving;
  }

  private int serve(String... args) {
    // Quarkus would answer a URL that cannot be decoded by itself, without a body; see RequestGate.
    System.setProperty("vertx.disableURIValidation", "true");
    int[] code = {0};
    Quarkus.run(
        RosterApplication.class,
        (exitCode, failure) -> {
          code[0] = exitCode;
          if (failure != null) {
            report(failure);
          }
        },
        args);
    return code[0];
  }

  /** Not to the log: there may be none yet. A start that is stopped fails in any way. */
  private void report(Throwable failure) {
    if (!stopping) {
      new StartFailure(failure).print(System.err);
    }
  }

  /** Runs when the machine ends, whatever the start has got to. */
  private void stop() {
    boolean served;
    synchronized (this) {
      stopping = true;
      served = serving;
    }
    if (served && !RosterApplication.isRunning() && serviceEnded.getCount() > 0) {
      // The start fails now for want of the database; nobody has to read how.
      Logger root = Logger.getLogger("");
      for (Handler handler : root.getHandlers()) {
        root.removeHandler(handler);
      }
      closeDatabase();
      // Quarkus would get to the end of its start first. It has answered nobody yet.
      Runtime.getRuntime().halt(TERMINATED);
    }
    if (served) {
      awaitService();
    }
    closeDatabase();
  }

  private void closeDatabase() {
    EmbeddedDatabase started = database;
    if (started != null) {
      started.close();
    }
  }

  private void awaitService() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!serviceEnded.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() > deadline) {
          System.err.println(
              "The service did not end in time; stopping the database all the same.");
          return;
        }
        // Quarkus forgets a request to end that comes while it is about to start.
        Quarkus.asyncExit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
