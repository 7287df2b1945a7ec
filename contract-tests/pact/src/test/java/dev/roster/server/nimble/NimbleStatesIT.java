package dev.roster.server.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A canary: without injected beans the states would make nothing, and the pact prove nothing. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class NimbleStatesIT {

  @Inject NimbleStates states;

  @Test
  void statesHaveTheBeansOfTheServer() {
    assertThat(states.builtInAdministrator).isNotNull();
    assertThat(states.users).isNotNull();
    assertThat(states.passwords).isNotNull();
    assertThat(states.context).isNotNull();
    assertThat(states.statements).isNotNull();
    assertThat(states.clock).isNotNull();
    assertThat(states.config).isNotNull();
  }

  /** Users and sessions. */
  @Test
  void statesMakeRowsAndReplaceThoseOfOtherStates() {
    states.user();
    assertThat(states.rows()).isEqualTo("2 1");

    states.user();
    assertThat(states.rows()).isEqualTo("2 1");

    states.bothLoggedIn();
    assertThat(states.rows()).isEqualTo("2 2");

    states.allSessions();
    assertThat(states.rows()).isEqualTo("1 2");

    states.full();
    assertThat(states.rows()).isEqualTo("3 1");

    states.noSession();
    assertThat(states.rows()).isEqualTo("1 0");
  }

  @Test
  void lockedUserIsLocked() {
    states.lockedUser();

    assertThat(states.rows()).isEqualTo("2 1");
    assertThat(states.users.findCredentials("user729060021"))
        .hasValueSatisfying(user -> assertThat(user.mayLogIn()).isFalse());
  }
}
