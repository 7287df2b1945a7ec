package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementWorld.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
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

/** The second variants of the rules for users, as far as they mean groups. */
@QuarkusTest
@TestProfile(GroupVariantsTest.SecondVariants.class)
@WithTestResource(DatabaseTestResource.class)
class GroupVariantsTest {

  /** A server of somebody whose clients follow the conventions of ARM. */
  public static class SecondVariants implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.choices.apim.update-user.missing-if-match", "accept",
          "roster.choices.apim.put-user.unconditional", "refuse");
    }
  }

  @Inject ApiManagementWorld world;

  @Test
  @Covers("apim.update-group.conditions")
  void patchWithoutIfMatchGoesThrough() {
    Service service = world.newService();
    world.addGroup(service, "g");
    String stale = world.get(service.group("g")).header("ETag").orElseThrow();

    Answer patched = world.call("PATCH", service.group("g"), group("second")).send();
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.json().at("/properties/displayName").asText()).isEqualTo("second");
    assertThat(
            world
                .call("PATCH", service.group("g"), group("third"))
                .header("If-Match", "")
                .send()
                .status())
        .isEqualTo(200);
    assertServiceError(
        world.call("PATCH", service.group("g"), group("x")).header("If-Match", stale).send(),
        412,
        "PreconditionFailed",
        "Resource was modified since last retrieval.");
    assertServiceError(
        world.call("PATCH", service.group("unknown"), group("x")).send(),
        404,
        "ResourceNotFound",
        "Group not found.");
    assertThat(world.get(service.group("g")).json().at("/properties/displayName").asText())
        .isEqualTo("third");
  }

  @Test
  @Covers("apim.put-group.conditions")
  void putOfAPresentGroupNeedsNoIfMatchWhateverUsersNeed() {
    Service service = world.newService();
    world.addGroup(service, "g");

    assertThat(world.put(service.group("g"), group("second")).status()).isEqualTo(200);
  }
}
