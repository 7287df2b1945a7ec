package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementWorld.group;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class GroupsTest {

  private static final int CALLERS = 16;

  private static final String EXTERNAL =
      """
      {"properties": {"displayName": "Partners", "description": "People of <b>another</b> company",
        "type": "external", "externalId": "aad://contoso.onmicrosoft.com/groups/1"}}
      """;

  @Inject ApiManagementWorld world;

  private static JsonNode properties(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return answer.json().get("properties");
  }

  private String tag(Service service, String id) {
    return world.get(service.group(id)).header("ETag").orElseThrow();
  }

  private void assertStale(Answer answer) {
    assertServiceError(
        answer, 412, "PreconditionFailed", "Resource was modified since last retrieval.");
  }

  private void assertNoGroup(Answer answer) {
    assertServiceError(answer, 404, "ResourceNotFound", "Group not found.");
  }

  // ---- PUT

  @Test
  @Covers("apim.put-group.created")
  void newGroupIsCustomAndHasNullForWhatIsOmitted() {
    Service service = world.newService();

    Answer made = world.put(service.group("Testers"), group("Testers"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text())
        .isEqualTo(
            ("{\"id\":\"%s\",\"type\":\"Microsoft.ApiManagement/service/groups\","
                    + "\"name\":\"Testers\",\"properties\":{\"displayName\":\"Testers\","
                    + "\"description\":null,\"builtIn\":false,\"type\":\"custom\","
                    + "\"externalId\":null}}")
                .formatted(service.group("Testers")));
    assertThat(made.header("ETag"))
        .hasValueSatisfying(
            tag -> {
              assertThat(tag).startsWith("\"").endsWith("\"");
              assertThat(Base64.getDecoder().decode(tag.substring(1, tag.length() - 1))).hasSize(8);
            });
    Answer read = world.get(service.group("Testers"));
    assertThat(read.text()).isEqualTo(made.text());
    assertThat(read.header("ETag")).isEqualTo(made.header("ETag"));
  }

  @Test
  @Covers("apim.put-group.external-without-id")
  void newExternalGroupWithoutIdShowsTheBeginningOfOneOnce() {
    Service service = world.newService();
    String body = EXTERNAL.replaceFirst(", *\\s*\"externalId\": *\"[^\"]*\"", "");

    Answer made = world.put(service.group("g"), body);

    assertThat(made.status()).isEqualTo(201);
    assertThat(properties(made).get("externalId").asText()).isEqualTo("aad:///groups/");
    assertThat(properties(world.get(service.group("g"))).get("externalId").isNull()).isTrue();
    assertThat(properties(world.put(service.group("g"), body)).get("externalId").isNull()).isTrue();
  }

  @ParameterizedTest
  @Covers("apim.put-group.created")
  @CsvSource({"external, external", "EXTERNAL, external", "custom, custom", "Custom, custom"})
  void typeIsTakenInAnyCase(String sent, String kept) {
    Service service = world.newService();

    JsonNode made =
        properties(
            world.put(service.group("g"), EXTERNAL.replace("\"external\"", "\"" + sent + "\"")));

    assertThat(made.get("type").asText()).isEqualTo(kept);
    assertThat(made.get("displayName").asText()).isEqualTo("Partners");
    assertThat(made.get("description").asText()).isEqualTo("People of <b>another</b> company");
    assertThat(made.get("externalId").asText()).isEqualTo("aad://contoso.onmicrosoft.com/groups/1");
    assertThat(made.get("builtIn").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @Covers("apim.put-group.constraints")
  @ValueSource(
      strings = {
        "{}",
        "{\"properties\": null}",
        "{\"properties\": {}}",
        "{\"properties\": {\"displayName\": null}}",
        "{\"properties\": {\"displayName\": \"\"}}",
        "{\"displayName\": \"outside\"}"
      })
  void displayNameIsRequired(String body) {
    Service service = world.newService();
    world.addGroup(service, "present");
    String before = world.get(service.groups()).text();

    for (String id : List.of("new", "present")) {
      assertValidationError(
          world.put(service.group(id), body), "displayName", "'displayName' must not be empty.");
    }
    assertThat(world.get(service.groups()).text()).isEqualTo(before);
  }

  @Test
  @Covers("apim.put-group.constraints")
  void everyFaultyPropertyIsNamed() {
    Service service = world.newService();
    String body =
        """
        {"properties": {"displayName": "%s", "description": "%s", "type": "system"}}
        """
            .formatted("n".repeat(301), "d".repeat(1001));
    String[] faults = {
      "displayName",
      "The length of 'displayName' must be 300 characters or fewer. You entered 301 characters.",
      "description",
      "The length of 'description' must be 1000 characters or fewer. You entered 1001 characters.",
      "type",
      "The specified condition was not met for 'type'."
    };
    world.addGroup(service, "present");
    String before = world.get(service.groups()).text();

    assertValidationError(world.put(service.group("new"), body), faults);
    assertValidationError(world.put(service.group("present"), body), faults);
    assertValidationError(world.patch(service.group("present"), body), faults);
    assertThat(world.get(service.groups()).text()).isEqualTo(before);
  }

  @Test
  @Covers("apim.put-group.constraints")
  void longestTextsAreTaken() {
    Service service = world.newService();
    String body =
        """
        {"properties": {"displayName": "%s", "description": "%s", "externalId": "%s"}}
        """
            .formatted("\u00e9".repeat(300), "\u20ac".repeat(1000), "e".repeat(5000));

    JsonNode made = properties(world.put(service.group("g".repeat(256)), body));

    assertThat(made.get("displayName").asText()).isEqualTo("\u00e9".repeat(300));
    assertThat(made.get("description").asText()).isEqualTo("\u20ac".repeat(1000));
    assertThat(made.get("externalId").asText()).isEqualTo("e".repeat(5000));
    assertThat(properties(world.get(service.group("G".repeat(256))))).isEqualTo(made);
  }

  @Test
  @Covers("apim.put-group.updates")
  void putOfAPresentGroupReplacesWhatItSays() {
    Service service = world.newService();
    world.addUser(service, "u");
    Answer made = world.put(service.group("g"), EXTERNAL);
    world.addMember(service, "g", "u");

    Answer replaced = world.put(service.group("G"), group("Other"));

    assertThat(replaced.status()).isEqualTo(200);
    JsonNode properties = properties(replaced);
    assertThat(properties.get("displayName").asText()).isEqualTo("Other");
    assertThat(properties.get("description").isNull()).isTrue();
    assertThat(properties.get("externalId").isNull()).isTrue();
    assertThat(properties.get("type").asText()).isEqualTo("external");
    assertThat(replaced.json().get("name").asText()).isEqualTo("g");
    assertThat(replaced.header("ETag")).isPresent().isNotEqualTo(made.header("ETag"));
    Answer read = world.get(service.group("g"));
    assertThat(read.text()).isEqualTo(replaced.text());
    assertThat(read.header("ETag")).isEqualTo(replaced.header("ETag"));
    assertThat(names(world.get(service.group("g") + "/users"))).containsExactly("u");
  }

  @Test
  @Covers("apim.put-group.conditions")
  void putOfAPresentGroupHeedsItsConditions() {
    Service service = world.newService();
    world.addGroup(service, "g");
    String stale = tag(service, "g");
    world.put(service.group("g"), group("second"));
    String present = tag(service, "g");

    for (String[] refused :
        new String[][] {
          {"If-Match", stale},
          {"If-Match", "\"x\""},
          {"If-Match", "W/" + present},
          {"If-None-Match", "*"},
          {"If-None-Match", present}
        }) {
      assertStale(
          world
              .call("PUT", service.group("g"), group("refused"))
              .header(refused[0], refused[1])
              .send());
    }
    assertThat(tag(service, "g")).isEqualTo(present);
    assertThat(properties(world.get(service.group("g"))).get("displayName").asText())
        .isEqualTo("second");

    for (String ifMatch : List.of("PRESENT", "*", "\"x\", PRESENT", "")) {
      Answer taken =
          world
              .call("PUT", service.group("g"), group("taken"))
              .header("If-Match", ifMatch.replace("PRESENT", tag(service, "g")))
              .send();
      assertThat(taken.status()).as(ifMatch).isEqualTo(200);
    }
    String unquoted = tag(service, "g").replace("\"", "");
    assertThat(
            world
                .call("PUT", service.group("g"), group("x"))
                .header("If-Match", unquoted)
                .send()
                .status())
        .isEqualTo(200);
    assertThat(
            world
                .call("PUT", service.group("g"), group("y"))
                .header("If-None-Match", "\"x\"")
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  @Covers("apim.put-group.conditions")
  void putOfANewGroupHeedsItsConditions() {
    Service service = world.newService();
    world.addGroup(service, "other");

    for (String ifMatch : List.of("*", "\"x\"", tag(service, "other"))) {
      assertStale(
          world.call("PUT", service.group("new"), group("new")).header("If-Match", ifMatch).send());
    }
    assertNoGroup(world.get(service.group("new")));
    assertThat(
            world
                .call("PUT", service.group("new"), group("new"))
                .header("If-None-Match", "*")
                .header("If-Match", "")
                .send()
                .status())
        .isEqualTo(201);
    assertThat(
            world
                .call("PUT", service.group("newer"), group("newer"))
                .header("If-None-Match", "\"x\"")
                .send()
                .status())
        .isEqualTo(201);
  }

  @Test
  @Covers({"apim.put-group.created", "apim.put-group.updates"})
  void ofConcurrentPutsOfOneNewGroupOneCreates() {
    Service service = world.newService();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(world.call("PUT", service.group(i % 2 == 0 ? "g" : "G"), group("name " + i)));
    }

    List<Answer> answers = Together.send(calls);

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(200, 201);
    assertThat(answers)
        .extracting(answer -> answer.header("ETag").orElseThrow())
        .doesNotHaveDuplicates();
    assertThat(answers)
        .extracting(answer -> properties(answer).get("displayName").asText())
        .doesNotHaveDuplicates();
    assertThat(answers).extracting(Answer::text).contains(world.get(service.group("g")).text());
    assertThat(world.get(service.groups()).json().get("count").asInt()).isEqualTo(4);
  }

  // ---- GET and HEAD

  @Test
  @Covers("apim.get-group.answer")
  void unknownGroupIsNotFound() {
    Service service = world.newService();
    Service other = world.newService();
    world.addGroup(other, "g");

    assertNoGroup(world.get(service.group("g")));
    assertNoGroup(world.get(service.group("g") + "/users"));
  }

  @Test
  @Covers("apim.get-group.answer")
  void systemGroupIsReadWithItsTextsAndTag() {
    Service service = world.newService();

    Answer answer = world.get(service.group("developers"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            ("{\"id\":\"%s\",\"type\":\"Microsoft.ApiManagement/service/groups\","
                    + "\"name\":\"developers\",\"properties\":{\"displayName\":\"Developers\","
                    + "\"description\":\"Developers is a built-in group. Its membership is managed"
                    + " by the system. Signed-in users fall into this group.\","
                    + "\"builtIn\":true,\"type\":\"system\",\"externalId\":null}}")
                .formatted(service.group("developers")));
    assertThat(answer.header("ETag"))
        .hasValueSatisfying(tag -> assertThat(tag).matches("\"[A-Za-z0-9+/]{11}=\""));
  }

  @Test
  @Covers("apim.head-group.answer")
  void headAnswersTheTagOfAGroup() {
    Service service = world.newService();
    world.addGroup(service, "g");

    for (String id : List.of("g", "G", "guests")) {
      Answer head = world.head(service.group(id));
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.bytes()).isEmpty();
      assertThat(head.header("ETag")).contains(tag(service, id));
    }
    Answer unknown = world.head(service.group("unknown"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.bytes()).isEmpty();
    assertThat(unknown.headers()).doesNotContainKeys("etag", "content-type");
  }

  // ---- PATCH

  @Test
  @Covers("apim.update-group.updates")
  void patchChangesWhatTheBodyNames() {
    Service service = world.newService();
    world.put(service.group("g"), EXTERNAL);

    for (String[] change :
        new String[][] {
          {"displayName", "Others"},
          {"description", "Nobody"},
          {"externalId", "aad://2"},
          {"type", "custom"},
          {"description", ""},
          {"externalId", ""}
        }) {
      Answer before = world.get(service.group("g"));
      Answer after =
          world.patch(
              service.group("g"),
              "{\"properties\": {\"%s\": \"%s\"}}".formatted(change[0], change[1]));

      assertThat(after.status()).isEqualTo(200);
      JsonNode expected = before.json();
      ((com.fasterxml.jackson.databind.node.ObjectNode) expected.get("properties"))
          .put(change[0], change[1]);
      assertThat(after.json()).isEqualTo(expected);
      assertThat(after.header("ETag")).isPresent().isNotEqualTo(before.header("ETag"));
      Answer read = world.get(service.group("g"));
      assertThat(read.text()).isEqualTo(after.text());
      assertThat(read.header("ETag")).isEqualTo(after.header("ETag"));
    }
  }

  @ParameterizedTest
  @Covers("apim.update-group.updates")
  @ValueSource(strings = {"{}", "{\"properties\": {}}", "{\"properties\": null}"})
  void patchOfNothingGivesANewTagAlone(String body) {
    Service service = world.newService();
    world.put(service.group("g"), EXTERNAL);
    Answer before = world.get(service.group("g"));

    Answer after = world.patch(service.group("g"), body);

    assertThat(after.status()).isEqualTo(200);
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.header("ETag")).isPresent().isNotEqualTo(before.header("ETag"));
  }

  @Test
  @Covers("apim.update-group.updates")
  void patchTakesTypesInAnyCaseAndNoneOfTheSystem() {
    Service service = world.newService();
    world.addGroup(service, "g");

    assertThat(
            properties(
                    world.patch(service.group("g"), "{\"properties\": {\"type\": \"External\"}}"))
                .get("type")
                .asText())
        .isEqualTo("external");
    assertValidationError(
        world.patch(service.group("g"), "{\"properties\": {\"displayName\": \"\"}}"),
        "displayName",
        "'displayName' must not be empty.");
    assertThat(properties(world.get(service.group("g"))).get("type").asText())
        .isEqualTo("external");
  }

  @Test
  @Covers("apim.update-group.null-description")
  void nullRemovesWhatCanBeUnset() {
    Service service = world.newService();
    world.put(service.group("g"), EXTERNAL);

    JsonNode patched =
        properties(
            world.patch(
                service.group("g"),
                """
                {"properties": {"displayName": null, "description": null, "type": null,
                  "externalId": null}}
                """));

    assertThat(patched.get("description").isNull()).isTrue();
    assertThat(patched.get("externalId").isNull()).isTrue();
    assertThat(patched.get("displayName").asText()).isEqualTo("Partners");
    assertThat(patched.get("type").asText()).isEqualTo("external");
    assertThat(properties(world.get(service.group("g")))).isEqualTo(patched);
  }

  @Test
  @Covers("apim.update-group.null-description")
  void nullInAPutCountsAsOmitted() {
    Service service = world.newService();

    JsonNode made =
        properties(
            world.put(
                service.group("g"),
                """
                {"properties": {"displayName": "G", "description": null, "type": null,
                  "externalId": null}}
                """));

    assertThat(made.get("description").isNull()).isTrue();
    assertThat(made.get("externalId").isNull()).isTrue();
    assertThat(made.get("type").asText()).isEqualTo("custom");
  }

  @Test
  @Covers("apim.update-group.conditions")
  void patchHeedsIfMatch() {
    Service service = world.newService();
    world.addGroup(service, "g");
    String stale = tag(service, "g");
    String present = world.patch(service.group("g"), group("second")).header("ETag").orElseThrow();

    for (String ifMatch : List.of(stale, "\"x\"", "W/" + present, "x")) {
      assertStale(
          world
              .call("PATCH", service.group("g"), group("refused"))
              .header("If-Match", ifMatch)
              .send());
    }
    for (Call call :
        List.of(
            world.call("PATCH", service.group("g"), group("refused")),
            world.call("PATCH", service.group("g"), group("refused")).header("If-Match", ""))) {
      assertValidationError(call.send(), "If-Match", "'If-Match' must not be empty.");
    }
    assertThat(tag(service, "g")).isEqualTo(present);
    assertThat(properties(world.get(service.group("g"))).get("displayName").asText())
        .isEqualTo("second");

    Answer exact =
        world.call("PATCH", service.group("g"), group("third")).header("If-Match", present).send();
    assertThat(properties(exact).get("displayName").asText()).isEqualTo("third");
    Answer unquoted =
        world
            .call("PATCH", service.group("g"), group("fourth"))
            .header("If-Match", exact.header("ETag").orElseThrow().replace("\"", ""))
            .send();
    assertThat(properties(unquoted).get("displayName").asText()).isEqualTo("fourth");
    assertThat(
            properties(world.patch(service.group("g"), group("fifth"))).get("displayName").asText())
        .isEqualTo("fifth");
    for (String ifMatch : List.of("*", "\"x\"", stale)) {
      assertNoGroup(
          world
              .call("PATCH", service.group("unknown"), group("x"))
              .header("If-Match", ifMatch)
              .send());
    }
    assertThat(world.head(service.group("unknown")).status()).isEqualTo(404);
  }

  @Test
  @Covers("apim.update-group.conditions")
  void ofConcurrentPatchesWithOneTagOneWins() {
    Service service = world.newService();
    world.addGroup(service, "g");
    String tag = tag(service, "g");
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(
          world.call("PATCH", service.group("g"), group("name " + i)).header("If-Match", tag));
    }

    List<Answer> answers = Together.send(calls);

    List<Answer> winners = answers.stream().filter(answer -> answer.status() == 200).toList();
    assertThat(winners).hasSize(1);
    answers.stream().filter(answer -> answer.status() != 200).forEach(this::assertStale);
    assertThat(world.get(service.group("g")).text()).isEqualTo(winners.get(0).text());
    assertThat(tag(service, "g")).isEqualTo(winners.get(0).header("ETag").orElseThrow());
  }

  // ---- DELETE

  @Test
  @Covers("apim.delete-group.deleted")
  void deletedGroupLeavesItsMembers() {
    Service service = world.newService();
    world.addUser(service, "u");
    world.addGroup(service, "g");
    world.addGroup(service, "other");
    world.addMember(service, "g", "u");
    world.addMember(service, "other", "u");
    Answer user = world.get(service.user("u"));

    Answer deleted = world.delete(service.group("G"));

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.bytes()).isEmpty();
    assertThat(deleted.headers()).doesNotContainKeys("content-type", "etag");
    Answer again = world.delete(service.group("g"));
    assertThat(again.status()).isEqualTo(204);
    assertThat(again.bytes()).isEmpty();
    assertNoGroup(world.get(service.group("g")));
    assertThat(world.get(service.user("u")).text()).isEqualTo(user.text());
    assertThat(world.get(service.user("u")).header("ETag")).isEqualTo(user.header("ETag"));
    assertThat(names(world.get(service.user("u") + "/groups")))
        .containsExactly("developers", "other");
    world.addGroup(service, "g");
    assertThat(names(world.get(service.group("g") + "/users"))).isEmpty();
  }

  @Test
  @Covers("apim.delete-group.conditions")
  void deleteHeedsIfMatch() {
    Service service = world.newService();
    for (String id : List.of("a", "b", "c", "d", "e")) {
      world.addGroup(service, id);
    }
    String stale = tag(service, "a");
    world.patch(service.group("a"), group("second"));

    for (String ifMatch : List.of(stale, "\"x\"", "W/" + tag(service, "a"))) {
      assertStale(world.call("DELETE", service.group("a")).header("If-Match", ifMatch).send());
    }
    assertThat(properties(world.get(service.group("a"))).get("displayName").asText())
        .isEqualTo("second");
    assertThat(
            world
                .call("DELETE", service.group("a"))
                .header("If-Match", tag(service, "a"))
                .send()
                .status())
        .isEqualTo(200);
    assertThat(
            world
                .call("DELETE", service.group("b"))
                .header("If-Match", tag(service, "b").replace("\"", ""))
                .send()
                .status())
        .isEqualTo(200);
    assertThat(world.call("DELETE", service.group("c")).header("If-Match", "*").send().status())
        .isEqualTo(200);
    assertThat(world.call("DELETE", service.group("d")).header("If-Match", "").send().status())
        .isEqualTo(200);
    assertThat(world.delete(service.group("e")).status()).isEqualTo(200);
    for (String ifMatch : List.of("*", stale, "")) {
      assertThat(
              world.call("DELETE", service.group("a")).header("If-Match", ifMatch).send().status())
          .isEqualTo(204);
    }
  }
}
