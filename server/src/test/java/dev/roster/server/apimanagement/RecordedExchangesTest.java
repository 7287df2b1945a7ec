package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Call;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RecordedSession;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RecordedExchangesTest {

  private static final String API = "azure-api-management";

  @Inject ApiManagementWorld world;
  @Inject Clock clock;

  static List<String> sessions() {
    return RecordedSession.names(API);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void answersAsTheServiceDid(String session) {
    Service service = world.newService();
    Map<String, String> known =
        Map.of(
            "base", world.origin(),
            "service", service.path(),
            "name", service.name(),
            "owner", "owner@" + service.name(),
            "expiry", clock.instant().plus(Duration.ofDays(10)).toString());

    assertThat(RecordedSession.of(API, session).replay(this::call, known)).isEmpty();
  }

  private Call call(String method, String target, boolean credentials) {
    return world.call(method, target);
  }
}
