package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A canary: without injected beans the states would make nothing, and the pact prove nothing. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class AzureApiManagementStatesIT {

  @Inject AzureApiManagementStates states;

  @Test
  void statesHaveTheBeansOfTheServer() {
    assertThat(states.services).isNotNull();
    assertThat(states.users).isNotNull();
    assertThat(states.groups).isNotNull();
    assertThat(states.members).isNotNull();
    assertThat(states.subscriptions).isNotNull();
    assertThat(states.statements).isNotNull();
  }

  /** Azure subscriptions, services, users, groups, memberships and product subscriptions. */
  @Test
  void statesMakeRowsAndReplaceThoseOfOtherStates() {
    states.user();
    assertThat(states.rows()).isEqualTo("1 1 2 3 3 2");

    states.user();
    assertThat(states.rows()).isEqualTo("1 1 2 3 3 2");

    states.member();
    assertThat(states.rows()).isEqualTo("1 1 2 4 4 2");

    states.ownerWithSubscription();
    assertThat(states.rows()).isEqualTo("1 1 1 3 2 1");

    states.noService();
    assertThat(states.rows()).isEqualTo("1 0 0 0 0 0");

    states.noSubscription();
    assertThat(states.rows()).isEqualTo("0 0 0 0 0 0");
  }
}
