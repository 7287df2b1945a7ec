package dev.roster.server.batch;

import static dev.roster.server.batch.BatchErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
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

/** The second variants of the rules for all requests. */
@QuarkusTest
@TestProfile(RequestVariantsTest.SecondVariants.class)
@WithTestResource(DatabaseTestResource.class)
class RequestVariantsTest {

  /** A server of somebody who wants mistakes to be told. */
  public static class SecondVariants implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.choices.batch.common.api-version-unsupported", "unsupported-request-version",
          "roster.choices.batch.common.unknown-members", "refuse");
    }
  }

  @Inject BatchWorld world;

  @Test
  @Covers("batch.common.api-version-unsupported")
  void unsupportedVersionHasTheDocumentedCode() {
    assertError(
        world.anonymous("GET", "/pools?api-version=2099-01-01").send(),
        400,
        "UnsupportedRequestVersion",
        "QueryParameterName",
        "api-version",
        "QueryParameterValue",
        "2099-01-01",
        "Reason",
        RequestChecksTest.VERSIONS);
  }

  @ParameterizedTest
  @Covers("batch.common.unknown-members")
  @ValueSource(strings = {"unknown", "Name", "", "odata.type", "a\"b", "\u00e9"})
  void unknownMembersOfAUserAreRefused(String member) {
    Node node = world.linuxNode();
    String json = "\"" + member.replace("\"", "\\\"") + "\": {\"x\": 1}";

    assertError(
        world.call("POST", node.users()).json("{\"name\": \"a\", " + json + "}").send(),
        400,
        "UnsupportedProperty",
        "PropertyName",
        member);
    assertThat(world.user(node, "a")).isEmpty();
    world.addUser(node, "b");
    assertError(
        world.call("PUT", node.user("b")).json("{" + json.replace("Name", "Password") + "}").send(),
        400,
        "UnsupportedProperty",
        "PropertyName",
        member.replace("Name", "Password"));
  }

  @Test
  @Covers("batch.common.unknown-members")
  void unknownMembersOfNodeActionsAreRefused() {
    Node node = world.linuxNode();

    for (String action : new String[] {"reboot", "reimage", "disablescheduling"}) {
      assertError(
          world.call("POST", node.path() + "/" + action).json("{\"unknown\": null}").send(),
          400,
          "UnsupportedProperty",
          "PropertyName",
          "unknown");
    }
  }

  @Test
  @Covers({"batch.common.unknown-members", "batch.common.no-server-errors"})
  void unknownMemberWithAnOddNameIsRefused() {
    Node node = world.linuxNode();

    assertError(
        world.call("PUT", node.user("a")).json("{\"\\u0000\": 1}").send(),
        400,
        "UnsupportedProperty",
        "PropertyName",
        "\0");
    assertError(
        world.call("PUT", node.user("a")).json("{\"\\ud800\": 1}").send(),
        400,
        "InvalidRequestBody");
  }

  @Test
  @Covers("batch.common.unknown-members")
  void membersThatClientsAlwaysSendAreStillPassedOver() {
    Node node = world.linuxNode();

    assertThat(
            world
                .call("POST", node.users())
                .json("{\"odata.metadata\": \"x\", \"name\": \"a\"}")
                .send()
                .status())
        .isEqualTo(201);
    assertThat(
            world
                .call("PUT", node.user("a"))
                .json("{\"odata.metadata\": \"x\", \"name\": \"b\", \"isAdmin\": true}")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(
            world
                .call("POST", node.path() + "/reboot")
                .json("{\"odata.metadata\": 1}")
                .send()
                .status())
        .isEqualTo(202);
  }
}
