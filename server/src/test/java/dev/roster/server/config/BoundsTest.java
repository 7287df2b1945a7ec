package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.testing.Configurations;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {

  private static final String MEMORY = "roster.passwords.memory-kib";
  private static final String ITERATIONS = "roster.passwords.iterations";

  private static void check(Map<String, String> properties) {
    Bounds.check(Configurations.of(properties));
  }

  @ParameterizedTest
  @CsvSource({"47104, 1", "19456, 2", "12288, 3", "9216, 4", "7168, 5", "7168, 100", "1048576, 1"})
  void costsThatOwaspAcceptsAreAccepted(String memory, String iterations) {
    assertThatCode(() -> check(Map.of(MEMORY, memory, ITERATIONS, iterations)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"47103, 1", "19455, 2", "12287, 3", "9215, 4", "7167, 5", "7167, 100", "8, 1"})
  void cheaperHashesAreForTestsThatAskForThem(String memory, String iterations) {
    Map<String, String> properties = new HashMap<>(Map.of(MEMORY, memory, ITERATIONS, iterations));

    assertThatThrownBy(() -> check(properties))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "roster.passwords.memory-kib="
                + memory
                + " with roster.passwords.iterations="
                + iterations
                + " makes hashes that are guessed too cheaply. Take 47104 with 1, 19456 with 2, 12288"
                + " with 3, 9216 with 4 or 7168 with 5 iterations, or more; tests may set"
                + " roster.passwords.allow-cheap=true.");

    properties.put("roster.passwords.allow-cheap", "true");
    assertThatCode(() -> check(properties)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "roster.passwords.memory-kib, -5, 8 to 1048576",
    "roster.passwords.memory-kib, 7, 8 to 1048576",
    "roster.passwords.memory-kib, 1048577, 8 to 1048576",
    "roster.passwords.iterations, 0, 1 to 100",
    "roster.passwords.iterations, 101, 1 to 100",
    "roster.passwords.concurrency, -1, 0 to 1024",
    "roster.passwords.concurrency, 1025, 0 to 1024",
    "roster.database.max-connections, 0, 1 to 1000",
    "roster.database.max-connections, 1001, 1 to 1000",
    "roster.nimble.max-sessions, 0, 1 to 1000000",
    "roster.nimble.max-sessions, 1000001, 1 to 1000000",
    "roster.nimble.max-users, 0, 1 to 1000000",
    "roster.nimble.max-users, 1000001, 1 to 1000000"
  })
  void numbersBeyondTheirBoundsAreRefused(String property, String value, String bounds) {
    assertThatThrownBy(() -> check(Map.of(property, value, "roster.passwords.allow-cheap", "true")))
        .isInstanceOf(StartupException.class)
        .hasMessage(property + "=" + value + " has to be " + bounds + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roster.batch.node.creating",
        "roster.batch.node.starting",
        "roster.batch.node.rebooting",
        "roster.batch.node.reimaging",
        "roster.batch.pool.resizing",
        "roster.batch.pool.deleting",
        "roster.pack.sync.duration",
        "roster.pack.deleting"
      })
  void statesLastFromNothingToAYear(String property) {
    assertThatCode(() -> check(Map.of(property, "366d"))).doesNotThrowAnyException();
    for (String value : new String[] {"PT-1S", "PT8784H1S"}) {
      assertThatThrownBy(() -> check(Map.of(property, value)))
          .isInstanceOf(StartupException.class)
          .hasMessage(property + "=" + value + " has to be 0s to 366d.");
    }
  }

  @Test
  void defaultsAreWithinTheirBounds() {
    assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
  }
}
