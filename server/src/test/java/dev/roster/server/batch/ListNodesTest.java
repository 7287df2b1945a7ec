package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ListNodesTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers({"batch.list-nodes.order", "batch.list-nodes.metadata"})
  void listsTheNodesInTheOrderOfJoining() {
    String path = pool(12);

    Answer answer = world.call("GET", path).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
    assertThat(answer.json().get("odata.metadata").asText())
        .isEqualTo(world.origin() + "/$metadata#nodes");
    assertThat(answer.json().has("odata.nextLink")).isFalse();
    assertThat(answer.json().get("value").findValuesAsText("frontendPort"))
        .containsExactly(
            "50000", "50001", "50002", "50003", "50004", "50005", "50006", "50007", "50008",
            "50009", "50010", "50011");
    assertThat(Listings.ids(world.call("GET", path).send())).isEqualTo(Listings.ids(answer));
  }

  @Test
  @Covers({"batch.list-nodes.paging", "batch.list-nodes.order"})
  void pagesHoldEveryNodeOnce() {
    String path = pool(7);
    List<String> all = Listings.ids(world.call("GET", path).send());

    List<List<String>> pages =
        Listings.pages(world, path + "?maxresults=3").stream().map(Listings::ids).toList();

    assertThat(pages).containsExactly(all.subList(0, 3), all.subList(3, 6), all.subList(6, 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 1000})
  @Covers("batch.list-nodes.paging")
  void aPageThatHoldsTheRestHasNoLink(int maxresults) {
    String path = pool(6);

    Answer answer = world.call("GET", path + "?maxresults=" + maxresults).send();

    assertThat(Listings.ids(answer)).hasSize(6);
    assertThat(answer.json().has("odata.nextLink")).isFalse();
  }

  @Test
  @Covers("batch.list-nodes.next-link")
  void theLinkIsAbsoluteAndKeepsTheOtherParameters() {
    String path = pool(5);
    String query = "maxresults=2&$select=id,state&$filter=" + Listings.encoded("state ne 'a+b&c'");

    Answer first = world.call("GET", path + "?" + query).send();

    String link = first.json().get("odata.nextLink").asText();
    assertThat(link).startsWith(world.origin() + path + "?");
    Map<String, String> parameters =
        Stream.of(link.substring(link.indexOf('?') + 1).split("&", -1))
            .collect(
                Collectors.toMap(
                    parameter -> decoded(parameter.substring(0, parameter.indexOf('='))),
                    parameter -> decoded(parameter.substring(parameter.indexOf('=') + 1))));
    assertThat(parameters.remove("$skiptoken")).isNotEmpty();
    assertThat(parameters)
        .isEqualTo(
            Map.of(
                "maxresults", "2",
                "$select", "id,state",
                "$filter", "state ne 'a+b&c'",
                "api-version", "2023-11-01.18.0"));
    Answer second = Listings.follow(world, link);
    assertThat(Listings.ids(second)).hasSize(2).doesNotContainAnyElementsOf(Listings.ids(first));
    assertThat(second.json().at("/value/0").properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("id", "state", "virtualMachineInfo");
    assertThat(second.json().get("odata.nextLink").asText()).isNotEqualTo(link);
  }

  @Test
  @Covers("batch.list-nodes.paging")
  void pagesOfRareMatchesAreFullUntilTheLast() {
    String path = pool(20);
    String poolId = path.split("/", -1)[2];
    List<ComputeNode> nodes = world.nodesOf(poolId);
    for (int ordinal : List.of(3, 11, 19)) {
      world.pin(new Node(poolId, nodes.get(ordinal).id), NodeState.UNUSABLE);
    }

    List<Answer> pages =
        Listings.pages(
            world, Listings.path(path + "?maxresults=1", "$filter", "state eq 'unusable'"));

    assertThat(pages.stream().map(Listings::ids))
        .containsExactly(
            List.of(nodes.get(3).id), List.of(nodes.get(11).id), List.of(nodes.get(19).id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "%%%", "YWZ0ZXI", "YWZ0ZXI6eA", "YWZ0ZXI6AA", "b3RoZXI6MQ"})
  @Covers("batch.list-nodes.skiptoken-invalid")
  void refusesTokensThatItDidNotIssue(String token) {
    assertThat(Refusal.of(world.call("GET", Listings.path(pool(1), "$skiptoken", token)).send()))
        .isEqualTo(invalid("$skiptoken", token, "The token is not one that this server made."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.5", "", " 1", "2147483648", "0x10", "1,2"})
  @Covers("batch.list-nodes.maxresults-not-integer")
  void refusesAMaxresultsThatIsNoInteger(String maxresults) {
    assertThat(
            Refusal.of(world.call("GET", Listings.path(pool(1), "maxresults", maxresults)).send()))
        .isEqualTo(invalid("maxresults", maxresults, "The value has to be a 32-bit integer."));
  }

  @ParameterizedTest
  @CsvSource({
    "0, MaxResults cannot be less than 1",
    "-1, MaxResults cannot be less than 1",
    "-2147483648, MaxResults cannot be less than 1",
    "1001, MaxResults cannot be greater than 1000",
    "2147483647, MaxResults cannot be greater than 1000"
  })
  @Covers("batch.list-nodes.maxresults-out-of-range")
  void refusesAMaxresultsOutOfRange(String maxresults, String reason) {
    assertThat(
            Refusal.of(world.call("GET", Listings.path(pool(1), "maxresults", maxresults)).send()))
        .isEqualTo(invalid("maxresults", maxresults, reason));
  }

  @Test
  @Covers("batch.list-nodes.filter-state")
  void filtersByState() {
    filters(
        Stream.of(
            Map.entry("state eq 'idle'", "0"),
            Map.entry("state eq 'running'", "1"),
            Map.entry("state eq 'rebooting'", "2"),
            Map.entry("state eq 'creating'", "3"),
            Map.entry("state ne 'idle'", "123"),
            Map.entry("state eq 'Idle'", ""),
            Map.entry("state eq 'nonsense'", ""),
            Map.entry("state ne 'nonsense'", "0123"),
            Map.entry("'idle' eq state", "0")));
  }

  @Test
  @Covers("batch.list-nodes.filter-times")
  void filtersByTimes() {
    filters(
        Stream.of(
            Map.entry("stateTransitionTime eq @1", "1"),
            Map.entry("stateTransitionTime ne @1", "023"),
            Map.entry("stateTransitionTime gt @1", "23"),
            Map.entry("stateTransitionTime ge @1", "123"),
            Map.entry("stateTransitionTime lt @1", "0"),
            Map.entry("stateTransitionTime le @1", "01"),
            Map.entry("lastBootTime eq @1", "1"),
            Map.entry("lastBootTime ne @1", "023"),
            Map.entry("lastBootTime gt @0", "1"),
            Map.entry("lastBootTime ge @0", "012"),
            Map.entry("lastBootTime lt @1", "02"),
            Map.entry("lastBootTime le @1", "012"),
            Map.entry("lastBootTime eq null", "3"),
            Map.entry("lastBootTime ne null", "012"),
            Map.entry("allocationTime eq @1", "1"),
            Map.entry("allocationTime ne @1", "023"),
            Map.entry("allocationTime gt @0", "1"),
            Map.entry("allocationTime ge @0", "0123"),
            Map.entry("allocationTime lt @1", "023"),
            Map.entry("allocationTime le @1", "0123")));
  }

  @Test
  @Covers("batch.list-nodes.filter-times")
  void takesTimesInEverySpelling() {
    Instant start = clock.stop();
    String path = pool(1);
    String zoned =
        start.atOffset(java.time.ZoneOffset.ofHours(2)).toLocalDateTime().toString() + "+02:00";
    String text = start.toString();

    for (String literal :
        List.of(
            text,
            "datetime'" + text + "'",
            "datetime'" + text.substring(0, text.length() - 1) + "'",
            "datetimeoffset'" + text + "'",
            text.substring(0, text.length() - 1) + ".0000000Z",
            "datetime'" + zoned + "'")) {
      assertThat(
              Listings.ids(
                  world
                      .call("GET", Listings.path(path, "$filter", "allocationTime eq " + literal))
                      .send()))
          .as(literal)
          .hasSize(1);
    }
  }

  @Test
  @Covers("batch.list-nodes.filter-start-task")
  void filtersByStartTasksWhichNoNodeHas() {
    filters(
        Stream.of(
            Map.entry("startTaskInfo/state eq 'running'", ""),
            Map.entry("startTaskInfo/state eq null", "0123"),
            Map.entry("startTaskInfo/result eq 'success'", ""),
            Map.entry("startTaskInfo/result ne 'success'", "0123"),
            Map.entry("startTaskInfo/exitCode eq 0", ""),
            Map.entry("startTaskInfo/exitCode ne 0", "0123"),
            Map.entry("startTaskInfo/exitCode gt -1", ""),
            Map.entry("startTaskInfo/exitCode ge 0", ""),
            Map.entry("startTaskInfo/exitCode lt 1", ""),
            Map.entry("startTaskInfo/exitCode le 0", ""),
            Map.entry("startTaskInfo/startTime eq @0", ""),
            Map.entry("startTaskInfo/startTime ne @0", "0123"),
            Map.entry("startTaskInfo/startTime gt @0", ""),
            Map.entry("startTaskInfo/startTime ge @0", ""),
            Map.entry("startTaskInfo/startTime lt @3", ""),
            Map.entry("startTaskInfo/startTime le @3", ""),
            Map.entry("startTaskInfo/endTime eq @0", ""),
            Map.entry("startTaskInfo/endTime ne @0", "0123"),
            Map.entry("startTaskInfo/endTime gt @0", ""),
            Map.entry("startTaskInfo/endTime ge @0", ""),
            Map.entry("startTaskInfo/endTime lt @3", ""),
            Map.entry("startTaskInfo/endTime le @3", "")));
  }

  @Test
  @Covers("batch.list-nodes.filter-and-or")
  void andBindsCloserThanOr() {
    filters(
        Stream.of(
            Map.entry("state eq 'idle' or state eq 'running'", "01"),
            Map.entry("state ne 'idle' and state ne 'running'", "23"),
            Map.entry("state eq 'idle' or state eq 'running' and lastBootTime eq @0", "0"),
            Map.entry("lastBootTime eq @0 and state eq 'running' or state eq 'idle'", "0"),
            Map.entry(
                "state eq 'creating' or state eq 'idle' and allocationTime eq @0"
                    + " or state eq 'rebooting' and lastBootTime eq @1",
                "03")));
  }

  @Test
  @Covers("batch.list-nodes.filter-not")
  void understandsNotAndParentheses() {
    filters(
        Stream.of(
            Map.entry("not state eq 'idle'", "123"),
            Map.entry("not (state eq 'idle' or state eq 'running')", "23"),
            Map.entry("not not state eq 'idle'", "0"),
            Map.entry("not state eq 'idle' and state ne 'running'", "23"),
            Map.entry("(state eq 'idle' or state eq 'running') and lastBootTime eq @1", "1"),
            Map.entry("((state eq 'idle'))", "0"),
            Map.entry("not (lastBootTime ge @0)", "3")));
  }

  static Stream<Arguments> badFilters() {
    String notFilterable = " is not a property that can be filtered on.";
    String notAllowed = " is not allowed for the property ";
    return Stream.of(
        Arguments.of("id eq 'x'", "At position 1, \"id\"" + notFilterable),
        Arguments.of("State eq 'idle'", "At position 1, \"State\"" + notFilterable),
        Arguments.of("startTaskInfo eq 'x'", "At position 1, \"startTaskInfo\"" + notFilterable),
        Arguments.of("state gt 'idle'", "At position 7, the operator gt" + notAllowed + "state."),
        Arguments.of(
            "startTaskInfo/state ne 'x'",
            "At position 21, the operator ne" + notAllowed + "startTaskInfo/state."),
        Arguments.of(
            "startTaskInfo/result lt 'x'",
            "At position 22, the operator lt" + notAllowed + "startTaskInfo/result."),
        Arguments.of(
            "startswith(state,'i')",
            "At position 1, the function startswith" + notAllowed + "state."),
        Arguments.of(
            "state eq 5", "At position 10, the value for the property state has to be a string."),
        Arguments.of(
            "allocationTime gt 'x'",
            "At position 19, the value for the property allocationTime has to be a date."),
        Arguments.of(
            "startTaskInfo/exitCode eq '0'",
            "At position 27, the value for the property startTaskInfo/exitCode has to be a number."),
        Arguments.of("state eq", "At position 9, the filter ends where a value is expected."),
        Arguments.of("state = 'idle'", "At position 7, the character \"=\" is not allowed."),
        Arguments.of(
            "state eq 'idle' xor state eq 'x'",
            "At position 17, \"xor\" stands where and, or or the end of the filter is expected."),
        Arguments.of(
            "(state eq 'idle'",
            "At position 17, the filter ends where and, or or \")\" is expected."),
        Arguments.of(
            "state EQ 'idle'", "At position 7, \"EQ\" stands where an operator is expected."));
  }

  @ParameterizedTest
  @MethodSource("badFilters")
  @Covers("batch.list-nodes.filter-invalid")
  void refusesOtherFilters(String filter, String reason) {
    assertThat(Refusal.of(world.call("GET", Listings.path(pool(1), "$filter", filter)).send()))
        .isEqualTo(invalid("$filter", filter, reason));
  }

  @Test
  @Covers("batch.list-nodes.select")
  void leavesTheSelectedPropertiesAndTheMachine() {
    String path = pool(2);

    Answer answer = world.call("GET", path + "?$select=id,state").send();

    for (JsonNode node : answer.json().get("value")) {
      assertThat(node.properties().stream().map(Map.Entry::getKey))
          .containsExactlyInAnyOrder("id", "state", "virtualMachineInfo");
      assertThat(node.get("state").asText()).isEqualTo("idle");
      assertThat(node.at("/virtualMachineInfo/imageReference/offer").asText())
          .isEqualTo("ubuntu-24_04-lts");
    }
    assertThat(answer.json().get("value")).hasSize(2);
  }

  @Test
  @Covers("batch.list-nodes.select")
  void everyPropertyCanBeSelected() {
    String path = pool(1);
    JsonNode whole = world.call("GET", path).send().json().at("/value/0");

    for (Map.Entry<String, JsonNode> property : whole.properties()) {
      JsonNode node =
          world.call("GET", path + "?$select=" + property.getKey()).send().json().at("/value/0");
      assertThat(node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet()))
          .isEqualTo(new HashSet<>(List.of(property.getKey(), "virtualMachineInfo")));
      assertThat(node.get(property.getKey())).isEqualTo(property.getValue());
    }
    assertThat(whole.properties()).hasSizeGreaterThan(10);
  }

  static Stream<Arguments> badSelections() {
    return Stream.of(
        Arguments.of(
            "id,nonsense", "At position 4, \"nonsense\" is not a property that can be selected."),
        Arguments.of("ID", "At position 1, \"ID\" is not a property that can be selected."),
        Arguments.of(" ", "At position 2, the name of a property is missing."),
        Arguments.of("id,,state", "At position 4, the name of a property is missing."));
  }

  @ParameterizedTest
  @MethodSource("badSelections")
  @Covers("batch.list-nodes.select-unknown")
  void refusesUnknownNames(String select, String reason) {
    Node node = world.linuxNode();

    assertThat(
            Refusal.of(
                world
                    .call(
                        "GET",
                        Listings.path("/pools/" + node.poolId() + "/nodes", "$select", select))
                    .send()))
        .isEqualTo(invalid("$select", select, reason));
    assertThat(Refusal.of(world.call("GET", Listings.path(node.path(), "$select", select)).send()))
        .isEqualTo(invalid("$select", select, reason));
  }

  @Test
  @Covers("batch.common.pool-unknown")
  void anUnknownPoolHasNoNodes() {
    assertThat(Refusal.of(world.call("GET", "/pools/absent/nodes").send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
  }

  @Test
  void aPoolWithoutNodesListsNone() {
    String id = world.newPoolId();
    world.call("POST", "/pools").json(BatchWorld.linuxPool(id, 0)).send();

    assertThat(Listings.ids(world.call("GET", "/pools/" + id + "/nodes").send())).isEmpty();
  }

  /**
   * Compares what filters find among four nodes; @0 to @3 stand for times a minute apart.
   *
   * <p>0 is idle since @0, 1 was allocated, booted and running at @1, 2 booted at @0 and reboots
   * since @2, 3 was allocated at @0 and is being created since @3.
   */
  private void filters(Stream<Map.Entry<String, String>> table) {
    Instant start = clock.stop();
    String path = pool(4);
    String poolId = path.split("/", -1)[2];
    List<String> ids = world.nodesOf(poolId).stream().map(node -> node.id).toList();
    clock.advance(Duration.ofMinutes(1));
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              ComputeNode second =
                  world.nodes.findById(new ComputeNode.Key(Pool.key(poolId), ids.get(1)));
              second.createdAt = clock.instant();
              second.enter(NodeState.REBOOTING, clock.instant(), Duration.ZERO, Duration.ZERO);
            });
    world.pin(new Node(poolId, ids.get(1)), NodeState.RUNNING);
    clock.advance(Duration.ofMinutes(1));
    world.enter(
        new Node(poolId, ids.get(2)), NodeState.REBOOTING, Duration.ofHours(1), Duration.ZERO);
    clock.advance(Duration.ofMinutes(1));
    world.enter(
        new Node(poolId, ids.get(3)), NodeState.CREATING, Duration.ofHours(1), Duration.ZERO);

    table.forEach(
        row -> {
          String filter = row.getKey();
          for (int minute = 0; minute <= 3; minute++) {
            filter =
                filter.replace("@" + minute, "datetime'" + start.plusSeconds(60L * minute) + "'");
          }
          assertThat(
                  Listings.ids(world.call("GET", Listings.path(path, "$filter", filter)).send())
                      .stream()
                      .map(id -> Integer.toString(ids.indexOf(id)))
                      .collect(Collectors.joining()))
              .as(row.getKey())
              .isEqualTo(row.getValue());
        });
  }

  private static String decoded(String text) {
    return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Refusal invalid(String parameter, String value, String reason) {
    return new Refusal(
        400,
        "InvalidQueryParameterValue",
        Map.of("QueryParameterName", parameter, "QueryParameterValue", value, "Reason", reason));
  }

  /** The path of the nodes of a new Linux pool. */
  private String pool(int nodes) {
    return "/pools/"
        + world.node(BatchWorld.linuxPool(world.newPoolId(), nodes)).poolId()
        + "/nodes";
  }
}
