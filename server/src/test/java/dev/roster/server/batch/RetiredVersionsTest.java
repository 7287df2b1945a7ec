package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server for clients of the years before 2018. */
@QuarkusTest
@TestProfile(RetiredVersionsTest.Served.class)
@WithTestResource(DatabaseTestResource.class)
class RetiredVersionsTest {

  /** The second variant. */
  public static class Served implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("roster.choices.batch.common.api-versions-retired", "served");
    }
  }

  @Inject BatchWorld world;

  @ParameterizedTest
  @ValueSource(strings = {"2015-12-01.2.2", "2017-09-01.6.0", "2018-03-01.6.1", "2025-06-01"})
  @Covers("batch.common.api-versions-retired")
  void retiredVersionIsServed(String version) {
    Node node = world.linuxNode();
    world.addUser(node, "u");

    Answer updated =
        world
            .anonymous("PUT", node.user("u") + "?api-version=" + version)
            .header("Authorization", "Bearer token")
            .json("{\"password\": \"p\"}")
            .send();

    assertThat(updated.status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.common.api-versions-retired")
  void retiredVersionsAreListedAsSupported() {
    Answer refused = world.anonymous("GET", "/pools?api-version=2014-10-01.1.0").send();

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("Supported versions: 2015-12-01.2.2, 2016-02-01.3.0");
  }
}
