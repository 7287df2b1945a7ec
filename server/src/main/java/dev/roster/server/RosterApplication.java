package dev.roster.server;

import dev.roster.server.http.ApiListeners;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/** Opens the ports that Quarkus does not, announces the server, and waits for its end. */
public class RosterApplication implements QuarkusApplication {

  private static volatile boolean running;

  @Inject ApiListeners listeners;
  @Inject StartupAnnouncement announcement;

  /** Whether the service has started. */
  static boolean isRunning() {
    return running;
  }

  @Override
  public int run(String... args) {
    running = true;
    if (listeners.open()) {
      announcement.print();
    }
    Quarkus.waitForExit();
    return 0;
  }
}
