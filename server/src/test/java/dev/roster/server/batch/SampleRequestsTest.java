package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sample requests of the documentation, as printed, against the sample world. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SampleRequestsTest {

  private static final String TARGET =
      "/pools/poolId/nodes/tvm-1695681911_1-20161121t182739z/users/userName"
          + "?api-version=2023-11-01.18.0";
  private static final Node NODE = new Node("poolId", "tvm-1695681911_1-20161121t182739z");

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;

  @AfterEach
  void bringTheUserBack() {
    if (world.user(NODE, "userName").isEmpty()) {
      world.addUser(
          NODE,
          "userName",
          new AccountSettings(null, null, BatchTime.expiry(null, world.clock.instant())));
    }
  }

  private Call sample(String verb) {
    return world.anonymous(verb, TARGET).header("Authorization", "Bearer token");
  }

  @Test
  @Covers({
    "batch.update-user.updates",
    "batch.update-user.linux-day-precision",
    "batch.delete-user.deletes",
    "batch.delete-user.second-delete"
  })
  void documentedSamplesWorkAsPrinted() {
    assertThat(stored.names(NODE)).containsExactly("userName");

    Answer updated =
        sample("PUT")
            .body(
                """
                {
                  "password": "12345",
                  "expiryTime": "2016-11-27T00:45:48.7320857Z"
                }
                """)
            .send();

    assertThat(updated.status()).isEqualTo(200);
    ComputeNodeUser user = world.user(NODE, "userName").orElseThrow();
    assertThat(isHashOf(user.passwordHash, "12345")).isTrue();
    assertThat(user.sshPublicKey).isNull();
    assertThat(user.expiresAt).isEqualTo(Instant.parse("2016-11-27T00:45:48.732085Z"));
    assertThat(user.effectiveExpiresAt).isEqualTo(Instant.parse("2016-11-28T00:00:00Z"));

    assertThat(sample("DELETE").send().status()).isEqualTo(200);
    assertThat(stored.of(NODE)).isEmpty();

    assertRefused(sample("DELETE").send(), 404, "NodeUserNotFound");
  }
}
