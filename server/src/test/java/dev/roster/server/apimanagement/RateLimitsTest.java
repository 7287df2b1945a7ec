package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.RateLimits.Kind;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RateLimitsTest {

  @Inject RateLimits limits;
  @Inject ApiManagementWorld world;

  @ParameterizedTest
  @Covers("apim.common.rate-limits")
  @CsvSource({
    "GET, reads",
    "HEAD, reads",
    "PUT, writes",
    "PATCH, writes",
    "POST, writes",
    "OPTIONS, writes",
    "DELETE, deletes"
  })
  void verbChoosesTheCounter(String verb, String name) {
    assertThat(Kind.of(verb).header()).isEqualTo("x-ms-ratelimit-remaining-subscription-" + name);
  }

  @Test
  @ActivateRequestContext
  @Covers("apim.common.rate-limits")
  void countersStopAtZero() {
    ServiceInstance service = world.instance(world.newSubscription());
    long left = limits.countDown(service, Kind.WRITES);
    while (left > 1) {
      left = limits.countDown(service, Kind.WRITES);
    }

    assertThat(limits.countDown(service, Kind.WRITES)).isZero();
    assertThat(limits.countDown(service, Kind.WRITES)).isZero();
    assertThat(limits.countDown(service, Kind.READS)).isEqualTo(11_999);
    assertThat(limits.countDown(service, Kind.DELETES)).isEqualTo(14_999);
  }
}
