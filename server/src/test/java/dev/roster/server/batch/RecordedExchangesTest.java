package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Call;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RecordedSession;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RecordedExchangesTest {

  private static final String API = "azure-batch";

  @Inject BatchWorld world;

  static List<String> sessions() {
    return RecordedSession.names(API);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void answersAsTheServiceDid(String session) {
    String prefix = world.newPoolId();
    Map<String, String> known = new HashMap<>();
    known.put("base", world.origin());
    known.put("prefix", prefix);
    for (int i = 1; i <= 4; i++) {
      known.put("pool" + i, prefix + "-Recorded" + i);
    }

    assertThat(RecordedSession.of(API, session).replay(this::call, known)).isEmpty();
  }

  private Call call(String method, String target, boolean credentials) {
    return credentials
        ? world.call(method, target)
        : world.anonymous(method, target + (target.contains("?") ? "&" : "?") + BatchWorld.VERSION);
  }
}
