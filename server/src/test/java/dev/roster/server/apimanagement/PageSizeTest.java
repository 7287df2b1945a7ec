package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementWorld.names;
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

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(PageSizeTest.PagesOfThree.class)
class PageSizeTest {

  /** Three entries on a page. */
  public static class PagesOfThree implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("roster.apim.page-size", "3");
    }
  }

  @Inject ApiManagementWorld world;

  @Test
  @Covers("apim.common.page-size")
  void pageHasTheConfiguredNumberOfUsersUnlessAskedOtherwise() {
    Service service = world.newService();
    world.addUsers(service, "u", 6);

    Answer first = world.get(service.users());
    assertThat(names(first)).containsExactly("1", "u1", "u2");
    assertThat(first.json().get("count").asInt()).isEqualTo(7);
    assertThat(first.json().get("nextLink").asText())
        .isEqualTo(world.origin() + service.users() + "?api-version=2022-08-01&%24skip=3");
    assertThat(names(world.get(service.users() + "?$skip=3"))).containsExactly("u3", "u4", "u5");
    Answer last = world.get(service.users() + "?$skip=6");
    assertThat(names(last)).containsExactly("u6");
    assertThat(last.json().has("nextLink")).isFalse();

    assertThat(names(world.get(service.users() + "?$top=5")))
        .containsExactly("1", "u1", "u2", "u3", "u4");
    assertThat(names(world.get(service.users() + "?$top=2"))).containsExactly("1", "u1");
    assertThat(names(world.get(service.users() + "?$filter=startswith(name,'u')")))
        .containsExactly("u1", "u2", "u3");
    assertThat(names(world.get(service.group("developers") + "/users")))
        .containsExactly("1", "u1", "u2");
  }
}
