package dev.roster.server;

import dev.roster.server.config.ClockProducer;
import dev.roster.server.config.ListenAddress;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupChecks;
import dev.roster.server.config.StartupException;
import dev.roster.server.database.EmbeddedDatabase;
import dev.roster.server.tls.ServerCertificate;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the database where none is configured, makes the certificate where none is configured,
 * then starts the service.
 *
 * <p>The service comes last because Quarkus fixes the JDBC URL and reads the certificate when it
 * starts. The database goes last because running requests still need it.
 */
@QuarkusMain
public final class Main {

  private static final int START_REFUSED = 1;

  /** Longer than {@code quarkus.shutdown.timeout} and a slow start together. */
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch serviceEnded = new CountDownLatch(1);
  private volatile EmbeddedDatabase database;

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
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopDatabase, "Database shutdown"));
    try {
      RosterConfig config = StartupChecks.check();
      // Quarkus gets the address and not the name, which could stand for another by then.
      System.setProperty("quarkus.http.host", ListenAddress.of(config.http().host()).literal());
      Optional<ServerCertificate> certificate =
          ServerCertificate.configured(config, ClockProducer.system());
      database = EmbeddedDatabase.startUnlessConfigured(config).orElse(null);
      // Not before the database, which refuses a data directory that is another server's.
      certificate.ifPresent(Main::present);
      return serve(args);
    } catch (StartupException e) {
      System.err.println("Roster did not start: " + e.getMessage());
      return START_REFUSED;
    } catch (RuntimeException e) {
      // Not the log: there may be none yet.
      new StartFailure(e).print(System.err);
      return START_REFUSED;
    } finally {
      serviceEnded.countDown();
    }
  }

  private static void present(ServerCertificate certificate) {
    certificate.prepare();
    // System properties, as for the database.
    certificate.quarkusProperties().forEach(System::setProperty);
  }

  private static int serve(String... args) {
    // Quarkus would answer a URL that cannot be decoded by itself, without a body; see RequestGate.
    System.setProperty("vertx.disableURIValidation", "true");
    int[] code = {0};
    Quarkus.run(
        RosterApplication.class,
        (exitCode, failure) -> {
          code[0] = exitCode;
          if (failure != null) {
            new StartFailure(failure).print(System.err);
          }
        },
        args);
    return code[0];
  }

  private void stopDatabase() {
    try {
      if (!serviceEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The service did not end in time; stopping the database all the same.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    EmbeddedDatabase running = database;
    if (running != null) {
      running.close();
    }
  }
}
