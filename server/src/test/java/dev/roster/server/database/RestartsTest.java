package dev.roster.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartsTest {

  @Test
  void pausesDoubleUpToHalfAMinuteAndEndAfterAboutTenMinutes() {
    Restarts restarts = new Restarts();
    List<Duration> pauses = new ArrayList<>();
    for (Optional<Duration> pause = restarts.next();
        pause.isPresent() && pauses.size() < 1000;
        pause = restarts.next()) {
      pauses.add(pause.get());
    }

    assertThat(pauses)
        .startsWith(
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    assertThat(restarts.next()).isEmpty();
  }
}
