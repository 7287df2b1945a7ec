package dev.roster.server.nimble;

import dev.roster.server.config.Choices;
import dev.roster.server.config.RosterConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How long sessions live, as the parameters of {@link SessionRepository#ALIVE}. */
@Singleton
class SessionLife {

  /** The longest life in the variant that bounds it. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Clock clock;
  private final long groupTimeout;
  private final boolean bounded;

  @Inject
  SessionLife(Clock clock, RosterConfig config, Choices choices) {
    this.clock = clock;
    this.groupTimeout = config.nimble().inactivityTimeout().toSeconds();
    this.bounded = choices.is("nimble.create-token.lifetime", "day");
  }

  /** The parameters at the present time; the map may be changed. */
  Map<String, Object> parameters() {
    Instant now = clock.instant();
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("now", now);
    parameters.put("groupTimeout", groupTimeout);
    parameters.put("openedAfter", bounded ? now.minus(LONGEST) : Instant.EPOCH);
    return parameters;
  }
}
