package dev.roster.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/** Announces the server once everything listens, and waits for its end. */
public class RosterApplication implements QuarkusApplication {

  @Inject StartupAnnouncement announcement;

  @Override
  public int run(String... args) {
    announcement.print();
    Quarkus.waitForExit();
    return 0;
  }
}
