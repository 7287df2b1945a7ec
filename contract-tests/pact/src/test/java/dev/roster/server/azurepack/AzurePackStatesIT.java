package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A canary: without injected beans the states would make nothing, and the pact prove nothing. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class AzurePackStatesIT {

  @Inject AzurePackStates states;

  @Test
  void statesHaveTheBeansOfTheServer() {
    assertThat(states.users).isNotNull();
    assertThat(states.invalidTokens).isNotNull();
    assertThat(states.statements).isNotNull();
  }

  /** Users and invalid tokens. */
  @Test
  void statesMakeRowsAndReplaceThoseOfOtherStates() {
    states.user();
    assertThat(states.rows()).isEqualTo("1 0");

    states.user();
    assertThat(states.rows()).isEqualTo("1 0");

    states.userWithoutSubscriptions();
    assertThat(states.rows()).isEqualTo("1 0");

    states.syncingUser();
    assertThat(states.rows()).isEqualTo("1 0");

    states.threeUsers();
    assertThat(states.rows()).isEqualTo("3 0");

    states.deletionFailed();
    assertThat(states.rows()).isEqualTo("1 0");

    states.invalidTokens.add("bob", Instant.EPOCH);
    assertThat(states.rows()).isEqualTo("1 1");

    states.noUser();
    assertThat(states.rows()).isEqualTo("0 0");
  }
}
