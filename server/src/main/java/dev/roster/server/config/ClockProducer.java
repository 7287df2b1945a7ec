package dev.roster.server.config;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one clock that everything reads; tests put another in its place. */
public class ClockProducer {

  /** The system's clock in UTC. */
  @Produces
  @Singleton
  @DefaultBean
  Clock clock() {
    return system();
  }

  /** The same for what runs before there are beans. */
  public static Clock system() {
    return Clock.systemUTC();
  }
}
