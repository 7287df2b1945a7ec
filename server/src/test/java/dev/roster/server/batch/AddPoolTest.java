package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class AddPoolTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  @Covers("batch.add-pool.created")
  void answersWithTheUrlAndTheValidatorsOfTheNewPool() {
    Instant now = clock.stop();
    String id = world.newPoolId();

    Answer answer = add(BatchWorld.linuxPool(id, 1));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("Location")).contains(world.origin() + "/pools/" + id);
    assertThat(answer.header("DataServiceId")).contains(world.origin() + "/pools/" + id);
    assertThat(answer.header("ETag")).contains(DotNetTicks.of(now).toHex());
    assertThat(answer.header("Last-Modified"))
        .contains(dev.roster.server.http.HttpDate.format(now));
    assertThat(get(id).get("eTag").asText()).isEqualTo(DotNetTicks.of(now).toHex());
    assertThat(get(id).get("creationTime").asText()).isEqualTo(now.toString());
  }

  @Test
  @Covers("batch.add-pool.id-pattern")
  void takesIdsOfOneTo64LettersDigitsHyphensAndUnderscores() {
    String longest = (world.newPoolId() + "-" + "x".repeat(64)).substring(0, 64);

    assertThat(add(BatchWorld.linuxPool("Q", 0)).status()).isEqualTo(201);
    assertThat(add(BatchWorld.linuxPool("-_-", 0)).status()).isEqualTo(201);
    assertThat(add(BatchWorld.linuxPool("0aZ_-9", 0)).status()).isEqualTo(201);
    assertThat(add(BatchWorld.linuxPool(longest, 0)).status()).isEqualTo(201);
  }

  static Stream<String> badIds() {
    return Stream.of("x".repeat(65), "with space", "a/b", "a.b", "ä", "a\n", " ", "a%20b", "$");
  }

  @ParameterizedTest
  @MethodSource("badIds")
  @Covers("batch.add-pool.id-pattern")
  void refusesOtherIds(String id) {
    ObjectNode body = body(pool -> pool.put("id", id));

    assertThat(Refusal.of(add(body.toString())))
        .isEqualTo(
            new Refusal(
                400,
                "InvalidPropertyValue",
                Map.of(
                    "PropertyName", "id",
                    "PropertyValue", id,
                    "Reason", "The id has 1 to 64 letters, digits, hyphens and underscores.")));
  }

  @Test
  @Covers("batch.add-pool.id-unique")
  void refusesAnIdThatDiffersOnlyInCase() {
    String id = world.newPoolId();
    add(BatchWorld.linuxPool(id, 1));
    List<String> nodes = Listings.ids(world.call("GET", "/pools/" + id + "/nodes").send());

    assertThat(Refusal.of(add(BatchWorld.linuxPool(id.toUpperCase(java.util.Locale.ROOT), 2))))
        .isEqualTo(Refusal.of(409, "PoolExists"));
    assertThat(Refusal.of(add(BatchWorld.linuxPool(id, 2))))
        .isEqualTo(Refusal.of(409, "PoolExists"));
    assertThat(Listings.ids(world.call("GET", "/pools/" + id + "/nodes").send())).isEqualTo(nodes);
  }

  @Test
  @Covers("batch.add-pool.id-case-kept")
  void keepsTheCaseOfAnIdAndFindsItInAnyCase() {
    String id = "MiXed-" + world.newPoolId();
    add(BatchWorld.linuxPool(id, 1));

    for (String spelling :
        List.of(id, id.toLowerCase(java.util.Locale.ROOT), id.toUpperCase(java.util.Locale.ROOT))) {
      assertThat(get(spelling).get("id").asText()).isEqualTo(id);
      assertThat(get(spelling).get("url").asText()).isEqualTo(world.origin() + "/pools/" + id);
      assertThat(Listings.ids(world.call("GET", "/pools/" + spelling + "/nodes").send()))
          .hasSize(1);
    }
  }

  @Test
  @Covers("batch.add-pool.one-configuration")
  void refusesBothConfigurationsAndNeither() {
    ObjectNode both =
        body(pool -> pool.putObject("cloudServiceConfiguration").put("osFamily", "6"));
    ObjectNode neither = body(pool -> pool.remove("virtualMachineConfiguration"));
    ObjectNode nothingButNull = body(pool -> pool.putNull("virtualMachineConfiguration"));
    String reason = "A pool has either cloudServiceConfiguration or virtualMachineConfiguration.";

    assertThat(Refusal.of(add(both.toString())))
        .isEqualTo(invalid("cloudServiceConfiguration", reason));
    assertThat(Refusal.of(add(neither.toString())))
        .isEqualTo(invalid("virtualMachineConfiguration", reason));
    assertThat(Refusal.of(add(nothingButNull.toString())))
        .isEqualTo(invalid("virtualMachineConfiguration", reason));
  }

  static Stream<Arguments> missingProperties() {
    String vm = "virtualMachineConfiguration";
    return Stream.of(
        Arguments.of("id", change(pool -> pool.remove("id"))),
        Arguments.of("id", change(pool -> pool.putNull("id"))),
        Arguments.of("id", change(pool -> pool.put("id", ""))),
        Arguments.of("vmSize", change(pool -> pool.remove("vmSize"))),
        Arguments.of("vmSize", change(pool -> pool.put("vmSize", ""))),
        Arguments.of(vm + ".imageReference", change(pool -> vm(pool).remove("imageReference"))),
        Arguments.of(vm + ".imageReference", change(pool -> vm(pool).putNull("imageReference"))),
        Arguments.of(vm + ".nodeAgentSKUId", change(pool -> vm(pool).remove("nodeAgentSKUId"))),
        Arguments.of(vm + ".nodeAgentSKUId", change(pool -> vm(pool).put("nodeAgentSKUId", ""))),
        Arguments.of(
            "cloudServiceConfiguration.osFamily",
            change(
                pool -> {
                  pool.remove(vm);
                  pool.putObject("cloudServiceConfiguration").put("osVersion", "*");
                })),
        Arguments.of(
            "taskSchedulingPolicy.nodeFillType",
            change(pool -> pool.putObject("taskSchedulingPolicy"))),
        Arguments.of(
            "metadata.name",
            change(pool -> pool.putArray("metadata").addObject().put("value", "v"))),
        Arguments.of(
            "metadata.value",
            change(pool -> pool.putArray("metadata").addObject().put("name", "n"))));
  }

  @ParameterizedTest
  @MethodSource("missingProperties")
  @Covers("batch.add-pool.property-missing")
  void namesTheMissingPropertyByItsPath(String path, Change change) {
    ObjectNode body = body(change);

    assertThat(Refusal.of(add(body.toString())))
        .isEqualTo(Refusal.of(400, "MissingRequiredProperty", "PropertyName", path));
  }

  @Test
  @Covers("batch.add-pool.vm-size-lower-case")
  void showsTheSizeInLowerCase() {
    ObjectNode body =
        body(pool -> pool.put("vmSize", "STANDARD_D2s_V3").put("targetDedicatedNodes", 1));
    add(body.toString());
    String id = body.get("id").asText();

    assertThat(get(id).get("vmSize").asText()).isEqualTo("standard_d2s_v3");
    assertThat(
            world
                .call("GET", "/pools/" + id + "/nodes")
                .send()
                .json()
                .at("/value/0/vmSize")
                .asText())
        .isEqualTo("standard_d2s_v3");
  }

  @Test
  @Covers({"batch.add-pool.image-version", "batch.common.null-is-omitted"})
  void showsLatestAsTheVersionOfAnImageWithoutOne() {
    String image = "/virtualMachineConfiguration/imageReference";
    ObjectNode without = body(pool -> {});
    ObjectNode withNull = body(pool -> image(pool).putNull("version"));
    ObjectNode with = body(pool -> image(pool).put("version", "1.2.3"));
    ObjectNode own =
        body(pool -> vm(pool).putObject("imageReference").put("virtualMachineImageId", "/x/y"));

    assertThat(added(without).at(image + "/version").asText()).isEqualTo("latest");
    assertThat(added(withNull).at(image + "/version").asText()).isEqualTo("latest");
    assertThat(added(with).at(image + "/version").asText()).isEqualTo("1.2.3");
    assertThat(added(own).at(image).toString()).isEqualTo("{\"virtualMachineImageId\":\"/x/y\"}");
  }

  @Test
  @Covers("batch.add-pool.defaults")
  void showsTheDefaultsOfWhatWasOmitted() {
    JsonNode pool = added(body(body -> body.remove("targetDedicatedNodes")));

    assertDefaults(pool);
  }

  @Test
  @Covers({"batch.add-pool.defaults", "batch.common.null-is-omitted"})
  void showsTheDefaultsOfWhatWasNull() {
    JsonNode pool =
        added(
            body(
                body -> {
                  for (String name :
                      List.of(
                          "displayName",
                          "metadata",
                          "resizeTimeout",
                          "enableAutoScale",
                          "enableInterNodeCommunication",
                          "taskSlotsPerNode",
                          "taskSchedulingPolicy",
                          "targetDedicatedNodes",
                          "targetLowPriorityNodes",
                          "cloudServiceConfiguration")) {
                    body.putNull(name);
                  }
                }));

    assertDefaults(pool);
    assertThat(pool.has("displayName")).isFalse();
    assertThat(pool.has("metadata")).isFalse();
    assertThat(pool.has("cloudServiceConfiguration")).isFalse();
  }

  private static void assertDefaults(JsonNode pool) {
    assertThat(pool.get("resizeTimeout").asText()).isEqualTo("PT15M");
    assertThat(pool.get("enableAutoScale").toString()).isEqualTo("false");
    assertThat(pool.get("enableInterNodeCommunication").toString()).isEqualTo("false");
    assertThat(pool.get("taskSlotsPerNode").toString()).isEqualTo("1");
    assertThat(pool.get("taskSchedulingPolicy").toString())
        .isEqualTo("{\"nodeFillType\":\"Spread\"}");
    assertThat(pool.get("targetDedicatedNodes").toString()).isEqualTo("0");
    assertThat(pool.get("targetLowPriorityNodes").toString()).isEqualTo("0");
    assertThat(pool.get("certificateReferences").toString()).isEqualTo("[]");
  }

  @Test
  @Covers("batch.add-pool.unknown-properties-kept")
  void keepsWhatWasSentInsteadOfTheDefaults() throws JsonProcessingException {
    String id = world.newPoolId();
    String sent =
        """
        {"id":"%s","vmSize":"small","cloudServiceConfiguration":{"osFamily":"6","osVersion":"*"},
         "displayName":"a \\"pool\\" \\n","resizeTimeout":"PT1H","enableAutoScale":true,
         "enableInterNodeCommunication":true,"taskSlotsPerNode":7,
         "taskSchedulingPolicy":{"nodeFillType":"Pack"},"targetDedicatedNodes":0,
         "targetLowPriorityNodes":0,"metadata":[{"name":"a","value":""},{"name":"b","value":"ü"}],
         "certificateReferences":[{"thumbprint":"x"}],"resourceTags":{"a":"b"},
         "applicationLicenses":["maya"],
         "targetNodeCommunicationMode":"simplified","networkConfiguration":{"subnetId":"/s"}}
        """
            .formatted(id);
    assertThat(add(sent).status()).isEqualTo(201);

    ObjectNode pool = (ObjectNode) get(id);

    ObjectNode expected = (ObjectNode) JSON.readTree(sent);
    List<String> names =
        List.copyOf(expected.properties().stream().map(Map.Entry::getKey).toList());
    assertThat(pool.deepCopy().retain(names)).isEqualTo(expected);
  }

  @Test
  @Covers("batch.add-pool.unknown-properties-kept")
  void keepsHundredKilobytesOfUnknownMembersAsTheyCame() {
    String id = world.newPoolId();
    String big = "\"big\":\"" + "Zoë € \\\" \\\\ \\n ".repeat(5000) + "\"";
    String numbers =
        "\"numbers\":[0.12345678901234567890123456789,1.10,1E+400,"
            + "123456789012345678901234567890,true,null,\"\",{},[],{\"a\":{\"\":null}}]";
    String definition = BatchWorld.linuxPool(id, 0).strip();

    Answer added =
        add(definition.substring(0, definition.length() - 1) + "," + big + "," + numbers + "}");

    assertThat(added.status()).isEqualTo(201);
    String shown = world.call("GET", "/pools/" + id).send().text();
    assertThat(shown.contains(big)).as("the long text").isTrue();
    assertThat(shown).contains(numbers);
    assertThat(world.call("GET", listing(id)).send().text()).contains(numbers);
  }

  @Test
  @Covers("batch.add-pool.unknown-properties-kept")
  void showsDeepNestingAndRefusesDeeper() {
    String id = world.newPoolId();
    String deep = "[".repeat(498) + "1" + "]".repeat(498);
    String definition = BatchWorld.linuxPool(id, 0).strip();
    String start = definition.substring(0, definition.length() - 1) + ",\"deep\":";

    assertThat(Refusal.of(add(start + "[" + deep + "]}")))
        .isEqualTo(Refusal.of(400, "InvalidRequestBody"));
    assertThat(Refusal.of(add(start + "[".repeat(5000) + "]".repeat(5000) + "}")))
        .isEqualTo(Refusal.of(400, "InvalidRequestBody"));
    assertThat(add(start + deep + "}").status()).isEqualTo(201);
    assertThat(world.call("GET", "/pools/" + id).send().text()).contains("\"deep\":" + deep);
    assertThat(world.call("GET", listing(id)).send().text()).contains("\"deep\":" + deep);
  }

  @Test
  void dropsWhatOnlyTheServiceTellsOfAPool() {
    Instant now = clock.stop();
    ObjectNode body =
        body(
            pool -> {
              pool.put("targetDedicatedNodes", 1);
              pool.put("odata.metadata", "x");
              pool.put("url", "http://elsewhere/");
              pool.put("eTag", "0x1");
              pool.put("state", "deleting");
              pool.put("allocationState", 5);
              pool.put("creationTime", "yesterday");
              pool.put("lastModified", "yesterday");
              pool.put("stateTransitionTime", "yesterday");
              pool.put("allocationStateTransitionTime", "yesterday");
              pool.put("currentDedicatedNodes", 17);
              pool.put("currentLowPriorityNodes", 17);
            });

    JsonNode pool = added(body);

    String id = body.get("id").asText();
    assertThat(pool.get("odata.metadata").asText())
        .isEqualTo(world.origin() + "/$metadata#pools/@Element");
    assertThat(pool.get("url").asText()).isEqualTo(world.origin() + "/pools/" + id);
    assertThat(pool.get("eTag").asText()).isEqualTo(DotNetTicks.of(now).toHex());
    assertThat(pool.get("state").asText()).isEqualTo("active");
    assertThat(pool.get("allocationState").asText()).isEqualTo("steady");
    assertThat(pool.get("creationTime").asText()).isEqualTo(now.toString());
    assertThat(pool.get("lastModified").asText()).isEqualTo(now.toString());
    assertThat(pool.get("stateTransitionTime").asText()).isEqualTo(now.toString());
    assertThat(pool.get("allocationStateTransitionTime").asText()).isEqualTo(now.toString());
    assertThat(pool.get("currentDedicatedNodes").asInt()).isEqualTo(1);
    assertThat(pool.get("currentLowPriorityNodes").asInt()).isEqualTo(0);
  }

  @Test
  @Covers("batch.add-pool.nodes-created")
  void makesTheDedicatedNodesAndThenTheOthers() {
    ObjectNode body =
        body(pool -> pool.put("targetDedicatedNodes", 2).put("targetLowPriorityNodes", 1));
    JsonNode pool = added(body);

    JsonNode nodes =
        world
            .call("GET", "/pools/" + body.get("id").asText() + "/nodes")
            .send()
            .json()
            .get("value");
    assertThat(nodes).hasSize(3);
    assertThat(nodes.get(0).get("id").asText()).matches("tvmps_[0-9a-f]{64}_d");
    assertThat(nodes.get(1).get("id").asText()).matches("tvmps_[0-9a-f]{64}_d");
    assertThat(nodes.get(2).get("id").asText()).matches("tvmps_[0-9a-f]{64}_p");
    assertThat(nodes.findValuesAsText("id")).doesNotHaveDuplicates();
    assertThat(nodes.findValuesAsText("isDedicated")).containsExactly("true", "true", "false");
    assertThat(pool.get("currentDedicatedNodes").asInt()).isEqualTo(2);
    assertThat(pool.get("currentLowPriorityNodes").asInt()).isEqualTo(1);
    assertThat(pool.get("targetDedicatedNodes").asInt()).isEqualTo(2);
    assertThat(pool.get("targetLowPriorityNodes").asInt()).isEqualTo(1);
  }

  static Stream<Arguments> badTargets() {
    String dedicated = "targetDedicatedNodes";
    String lowPriority = "targetLowPriorityNodes";
    String most = "A pool may have at most 1000 nodes.";
    String negative = "The number may not be negative.";
    return Stream.of(
        Arguments.of(-1, 0, invalid(dedicated, "-1", negative)),
        Arguments.of(0, -5, invalid(lowPriority, "-5", negative)),
        Arguments.of(
            Integer.MIN_VALUE,
            1,
            invalid(dedicated, Integer.toString(Integer.MIN_VALUE), negative)),
        Arguments.of(1001, 0, invalid(dedicated, most)),
        Arguments.of(0, 1001, invalid(lowPriority, most)),
        Arguments.of(1000, 1, invalid(lowPriority, most)),
        Arguments.of(Integer.MAX_VALUE, Integer.MAX_VALUE, invalid(dedicated, most)));
  }

  @ParameterizedTest
  @MethodSource("badTargets")
  @Covers("batch.add-pool.targets-limited")
  void refusesNegativeTargetsAndMoreThan1000Nodes(int dedicated, int lowPriority, Refusal refusal) {
    ObjectNode body =
        body(
            pool ->
                pool.put("targetDedicatedNodes", dedicated)
                    .put("targetLowPriorityNodes", lowPriority));

    assertThat(Refusal.of(add(body.toString()))).isEqualTo(refusal);
    assertThat(world.call("HEAD", "/pools/" + body.get("id").asText()).send().status())
        .isEqualTo(404);
  }

  static Stream<Arguments> systems() {
    return Stream.of(
        Arguments.of(false, change(pool -> {})),
        Arguments.of(false, change(pool -> pool.put("displayName", "windows"))),
        Arguments.of(false, change(pool -> image(pool).put("sku", "windows"))),
        Arguments.of(false, change(pool -> vm(pool).putNull("windowsConfiguration"))),
        Arguments.of(true, change(pool -> vm(pool).putObject("windowsConfiguration"))),
        Arguments.of(
            true, change(pool -> vm(pool).put("nodeAgentSKUId", "batch.node.WINDOWS amd64"))),
        Arguments.of(true, change(pool -> image(pool).put("offer", "MyWindowsImages"))),
        Arguments.of(true, change(pool -> image(pool).put("publisher", "microsoftwindowsserver"))),
        Arguments.of(
            true,
            change(
                pool -> {
                  pool.remove("virtualMachineConfiguration");
                  pool.putObject("cloudServiceConfiguration").put("osFamily", "2");
                })));
  }

  @ParameterizedTest
  @MethodSource("systems")
  @Covers("batch.add-pool.windows-detection")
  void tellsWindowsFromLinux(boolean windows, Change change) {
    ObjectNode body = body(change);
    body.put("targetDedicatedNodes", 1);
    added(body);
    String nodes = "/pools/" + body.get("id").asText() + "/nodes";
    String node = Listings.ids(world.call("GET", nodes).send()).get(0);

    // Only on Windows does an account need a password.
    Answer user =
        world.call("POST", nodes + "/" + node + "/users").json("{\"name\": \"bare\"}").send();

    assertThat(user.status()).isEqualTo(windows ? 400 : 201);
  }

  @Test
  @Covers("batch.add-pool.resizing")
  void isSteadyAtOnceUnlessADurationIsConfigured() {
    Instant now = clock.stop();

    JsonNode pool = added(body(body -> body.put("targetDedicatedNodes", 1)));

    assertThat(pool.get("allocationState").asText()).isEqualTo("steady");
    assertThat(pool.get("allocationStateTransitionTime").asText()).isEqualTo(now.toString());
    assertThat(pool.get("currentDedicatedNodes").asInt()).isEqualTo(1);
  }

  static Stream<Change> wrongTypes() {
    return Stream.of(
        change(pool -> pool.put("id", 5)),
        change(pool -> pool.putObject("id")),
        change(pool -> pool.putArray("id")),
        change(pool -> pool.put("vmSize", true)),
        change(pool -> pool.put("displayName", 5)),
        change(pool -> pool.put("resizeTimeout", 15)),
        change(pool -> pool.put("targetDedicatedNodes", 1.5)),
        change(pool -> pool.put("targetDedicatedNodes", 1.0)),
        change(pool -> pool.put("targetDedicatedNodes", "1")),
        change(pool -> pool.put("targetDedicatedNodes", true)),
        change(pool -> pool.put("targetDedicatedNodes", 1L << 31)),
        change(pool -> pool.put("targetLowPriorityNodes", "0")),
        change(pool -> pool.put("targetLowPriorityNodes", 0.5)),
        change(pool -> pool.put("enableAutoScale", "false")),
        change(pool -> pool.put("enableAutoScale", 0)),
        change(pool -> pool.put("enableInterNodeCommunication", "true")),
        change(pool -> pool.put("taskSlotsPerNode", "1")),
        change(pool -> pool.put("taskSlotsPerNode", 1.5)),
        change(pool -> pool.put("taskSlotsPerNode", 1L << 40)),
        change(pool -> pool.put("taskSchedulingPolicy", "spread")),
        change(pool -> pool.putObject("taskSchedulingPolicy").put("nodeFillType", 1)),
        change(pool -> pool.putObject("metadata")),
        change(pool -> pool.putArray("metadata").add("a=b")),
        change(pool -> pool.putArray("metadata").addNull()),
        change(pool -> pool.putArray("metadata").addObject().put("name", 1).put("value", "v")),
        change(pool -> pool.putArray("metadata").addObject().put("name", "n").put("value", 1)),
        change(pool -> pool.putObject("certificateReferences")),
        change(pool -> pool.putArray("certificateReferences").add(1)),
        change(pool -> pool.put("virtualMachineConfiguration", "linux")),
        change(pool -> pool.putArray("virtualMachineConfiguration")),
        change(pool -> vm(pool).put("nodeAgentSKUId", 1)),
        change(pool -> vm(pool).putObject("nodeAgentSKUId")),
        change(pool -> vm(pool).put("imageReference", "latest")),
        change(pool -> vm(pool).putArray("imageReference")),
        change(pool -> image(pool).put("publisher", 1)),
        change(pool -> image(pool).put("offer", true)),
        change(pool -> image(pool).putObject("sku")),
        change(pool -> image(pool).put("version", 1.2)),
        change(pool -> image(pool).putArray("virtualMachineImageId")),
        change(pool -> image(pool).put("exactVersion", 1)),
        cloudService(change(pool -> pool.put("cloudServiceConfiguration", "6"))),
        cloudService(change(pool -> cloud(pool).put("osFamily", 6))),
        cloudService(change(pool -> cloud(pool).put("osVersion", 1))));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  @Covers("batch.common.body-wrong-type")
  void refusesMembersOfTheWrongType(Change change) {
    ObjectNode body = body(change);

    assertThat(Refusal.of(add(body.toString())))
        .as(body.toString())
        .isEqualTo(Refusal.of(400, "InvalidRequestBody"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"pool\"", "5", "{", "{} {}", "{\"id\": }", " "})
  @Covers({"batch.common.body-wrong-type", "batch.common.body-malformed"})
  void refusesBodiesThatAreNoObject(String body) {
    assertThat(Refusal.of(add(body))).isEqualTo(Refusal.of(400, "InvalidRequestBody"));
  }

  @Test
  void refusesAnUnknownFillType() {
    ObjectNode body =
        body(pool -> pool.putObject("taskSchedulingPolicy").put("nodeFillType", "stack"));

    assertThat(Refusal.of(add(body.toString())))
        .isEqualTo(
            invalid("taskSchedulingPolicy.nodeFillType", "stack", "The value is spread or pack."));
  }

  static Stream<Arguments> unstorable() {
    return Stream.of("\\u0000", "a\\u0000b", "\\ud800", "\\udc00", "\\udc00\\ud800", "x\\ud83d")
        .flatMap(
            text ->
                Stream.of(
                    Arguments.of("id", "\"id\":\"" + text + "\""),
                    Arguments.of("displayName", "\"displayName\":\"" + text + "\""),
                    Arguments.of("extra", "\"extra\":\"" + text + "\""),
                    Arguments.of("extra.deep", "\"extra\":{\"deep\":[1,[\"" + text + "\"]]}")));
  }

  @ParameterizedTest
  @MethodSource("unstorable")
  @Covers("batch.common.text-unstorable")
  void refusesTextsThatCannotBeStored(String path, String member) {
    String definition = BatchWorld.linuxPool(world.newPoolId(), 0).strip();

    Answer answer = add(definition.substring(0, definition.length() - 1) + "," + member + "}");

    assertThat(Refusal.of(answer))
        .isEqualTo(invalid(path, "The text has a character that is not allowed."));
  }

  @Test
  @Covers("batch.common.text-unstorable")
  void refusesNamesThatCannotBeStored() {
    String definition = BatchWorld.linuxPool(world.newPoolId(), 0).strip();
    String start = definition.substring(0, definition.length() - 1);

    assertThat(Refusal.of(add(start + ",\"extra\":{\"a\\u0000\":1}}")))
        .isEqualTo(invalid("extra", "The text has a character that is not allowed."));
    assertThat(Refusal.of(add(start + ",\"\\u0000\":null}")))
        .isEqualTo(invalid("", "The text has a character that is not allowed."));
    // Half a pair in a name is no JSON to the parser.
    assertThat(Refusal.of(add(start + ",\"a\\ud800\":1}")))
        .isEqualTo(Refusal.of(400, "InvalidRequestBody"));
  }

  @Test
  @Covers("batch.add-pool.id-unique")
  void ofConcurrentAddsExactlyOneSucceeds() {
    String id = world.newPoolId();
    List<Call> calls =
        Stream.generate(() -> BatchWorld.linuxPool(id, 3))
            .limit(16)
            .map(body -> world.call("POST", "/pools").json(body))
            .toList();

    List<Answer> answers = Together.send(calls);

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 201).map(Refusal::of))
        .isEqualTo(Collections.nCopies(15, Refusal.of(409, "PoolExists")));
    assertThat(world.nodesOf(id)).hasSize(3);
  }

  /** Makes a good definition another one. */
  @FunctionalInterface
  interface Change {
    void apply(ObjectNode pool);
  }

  private static Change change(Change change) {
    return change;
  }

  private static Change cloudService(Change change) {
    return pool -> {
      pool.remove("virtualMachineConfiguration");
      pool.putObject("cloudServiceConfiguration").put("osFamily", "6");
      change.apply(pool);
    };
  }

  private static ObjectNode vm(ObjectNode pool) {
    return (ObjectNode) pool.get("virtualMachineConfiguration");
  }

  private static ObjectNode image(ObjectNode pool) {
    return (ObjectNode) vm(pool).get("imageReference");
  }

  private static ObjectNode cloud(ObjectNode pool) {
    return (ObjectNode) pool.get("cloudServiceConfiguration");
  }

  private ObjectNode body(Change change) {
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(BatchWorld.linuxPool(world.newPoolId(), 0));
      change.apply(body);
      return body;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Refusal invalid(String property, String reason) {
    return new Refusal(
        400, "InvalidPropertyValue", Map.of("PropertyName", property, "Reason", reason));
  }

  private static Refusal invalid(String property, String value, String reason) {
    return new Refusal(
        400,
        "InvalidPropertyValue",
        Map.of("PropertyName", property, "PropertyValue", value, "Reason", reason));
  }

  private static String listing(String id) {
    return Listings.path("/pools", "$filter", "id eq '" + id + "'");
  }

  private Answer add(String body) {
    return world.call("POST", "/pools").json(body).send();
  }

  private JsonNode added(ObjectNode body) {
    Answer answer = add(body.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return get(body.get("id").asText());
  }

  private JsonNode get(String id) {
    Answer answer = world.call("GET", "/pools/" + id).send();
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
