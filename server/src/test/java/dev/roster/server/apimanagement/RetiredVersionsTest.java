package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Call;
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

/** A server for clients of the years before 2021. */
@QuarkusTest
@TestProfile(RetiredVersionsTest.Served.class)
@WithTestResource(DatabaseTestResource.class)
class RetiredVersionsTest {

  /** The second variant. */
  public static class Served implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("roster.choices.apim.common.api-versions-retired", "served");
    }
  }

  @Inject ApiManagementWorld world;

  private Call bearer(String method, String path, String version) {
    return world
        .anonymous(method, path + "?api-version=" + version)
        .header("Authorization", "Bearer token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2016-07-07", "2019-12-01-preview", "2020-12-01", "2025-09-01-preview"})
  @Covers("apim.common.api-versions-retired")
  void retiredVersionIsServed(String version) {
    Service service = world.newService();

    assertThat(bearer("PUT", service.user("u"), version).body(user("u@x")).send().status())
        .isEqualTo(201);
    assertThat(
            bearer("PATCH", service.user("u"), version)
                .header("If-Match", "*")
                .body("{\"properties\": {\"note\": \"n\"}}")
                .send()
                .json()
                .at("/properties/note")
                .asText())
        .isEqualTo("n");
  }

  @Test
  @Covers("apim.common.api-versions-retired")
  void retiredVersionsAreListedAsSupported() {
    assertThat(
            bearer("GET", world.newService().path(), "2015-01-01")
                .send()
                .json()
                .at("/error/message")
                .asText())
        .contains(",2021-08-01,2021-04-01-preview,2021-01-01-preview,2020-12-01,")
        .contains(",2016-10-10,2016-07-07'");
  }
}
