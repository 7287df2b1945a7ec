package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A canary: without injected beans the states would make nothing, and the pact prove nothing. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class AzureBatchStatesIT {

  @Inject AzureBatchStates states;

  @Test
  void statesHaveTheBeansOfTheServer() {
    assertThat(states.service).isNotNull();
    assertThat(states.pools).isNotNull();
    assertThat(states.nodes).isNotNull();
    assertThat(states.users).isNotNull();
    assertThat(states.clock).isNotNull();
  }

  @Test
  void statesMakeRowsAndReplaceThoseOfOtherStates() {
    states.nodeWithUser();
    assertThat(states.rows()).isEqualTo("1 1 1");

    states.nodeWithUser();
    assertThat(states.rows()).isEqualTo("1 1 1");

    states.twoNodes();
    assertThat(states.rows()).isEqualTo("1 2 0");

    states.noPool();
    assertThat(states.rows()).isEqualTo("0 0 0");
  }
}
