package dev.roster.server.batch;

import static dev.roster.server.batch.BatchErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
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
class ListPoolsTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers("batch.list-pools.metadata")
  void namesItsMetadata() {
    Answer answer = world.call("GET", "/pools?maxresults=1").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("odata.metadata").asText())
        .isEqualTo(world.origin() + "/$metadata#pools");
    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxresults", "maxResults"})
  @Covers("batch.list-pools.maxresults-negative")
  void refusesANegativeMaxresults(String name) {
    assertError(
        world.call("GET", "/pools?" + name + "=-5").send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "maxresults",
        "QueryParameterValue",
        "-5",
        "Reason",
        "MaxResults cannot be less than 1");
  }

  @Test
  @Covers("batch.list-pools.filter")
  void filtersByEveryDocumentedPropertyAndOperator() {
    String prefix = world.newPoolId() + "-";
    Instant start = clock.stop();
    add(prefix + "a", "\"enableAutoScale\": true,");
    clock.advance(Duration.ofMinutes(1));
    add(prefix + "b", "\"enableInterNodeCommunication\": true,");
    change(prefix + "b", pool -> pool.steadyAt = start.plusSeconds(3600));
    clock.advance(Duration.ofMinutes(1));
    add(prefix + "c", "\"vmSize\": \"BIG\",");
    clock.advance(Duration.ofMinutes(1));
    change(
        prefix + "c",
        pool -> {
          pool.deletedAt = start.plusSeconds(180);
          pool.modifiedAt = start.plusSeconds(180);
          pool.goneAt = start.plusSeconds(3600);
        });

    Stream<Map.Entry<String, String>> table =
        Stream.of(
            Map.entry("id eq 'Pa'", "a"),
            Map.entry("id ne 'Pa'", "bc"),
            Map.entry("id gt 'Pa'", "bc"),
            Map.entry("id ge 'Pb'", "bc"),
            Map.entry("id lt 'Pb'", "a"),
            Map.entry("id le 'Pb'", "ab"),
            Map.entry("startswith(id, 'Pb')", "b"),
            Map.entry("startswith(id, 'P')", "abc"),
            Map.entry("state eq 'active'", "ab"),
            Map.entry("state ne 'active'", "c"),
            Map.entry("state eq 'deleting'", "c"),
            Map.entry("allocationState eq 'resizing'", "b"),
            Map.entry("allocationState ne 'resizing'", "ac"),
            Map.entry("allocationState eq 'steady'", "ac"),
            Map.entry("vmSize eq 'big'", "c"),
            Map.entry("vmSize ne 'big'", "ab"),
            Map.entry("enableAutoScale eq true", "a"),
            Map.entry("enableAutoScale ne true", "bc"),
            Map.entry("enableAutoScale eq false", "bc"),
            Map.entry("enableInterNodeCommunication eq true", "b"),
            Map.entry("enableInterNodeCommunication ne true", "ac"),
            Map.entry("creationTime eq @1", "b"),
            Map.entry("creationTime ne @1", "ac"),
            Map.entry("creationTime gt @1", "c"),
            Map.entry("creationTime ge @1", "bc"),
            Map.entry("creationTime lt @1", "a"),
            Map.entry("creationTime le @1", "ab"),
            Map.entry("lastModified eq @3", "c"),
            Map.entry("lastModified ne @3", "ab"),
            Map.entry("lastModified gt @1", "c"),
            Map.entry("lastModified ge @1", "bc"),
            Map.entry("lastModified lt @1", "a"),
            Map.entry("lastModified le @1", "ab"),
            Map.entry("stateTransitionTime eq @3", "c"),
            Map.entry("stateTransitionTime ne @3", "ab"),
            Map.entry("stateTransitionTime gt @1", "c"),
            Map.entry("stateTransitionTime ge @1", "bc"),
            Map.entry("stateTransitionTime lt @1", "a"),
            Map.entry("stateTransitionTime le @1", "ab"),
            Map.entry("allocationStateTransitionTime eq @1", "b"),
            Map.entry("allocationStateTransitionTime ne @1", "ac"),
            Map.entry("allocationStateTransitionTime gt @1", "c"),
            Map.entry("allocationStateTransitionTime ge @1", "bc"),
            Map.entry("allocationStateTransitionTime lt @1", "a"),
            Map.entry("allocationStateTransitionTime le @1", "ab"),
            Map.entry("state eq 'deleting' or enableAutoScale eq true", "ac"),
            Map.entry("not (state eq 'deleting')", "ab"),
            Map.entry("state eq 'nonsense'", ""));

    table.forEach(
        row -> {
          String filter = row.getKey().replace("'P", "'" + prefix);
          for (int minute = 0; minute <= 3; minute++) {
            filter =
                filter.replace("@" + minute, "datetime'" + start.plusSeconds(60L * minute) + "'");
          }
          assertThat(named(prefix, "startswith(id, '" + prefix + "') and (" + filter + ")"))
              .as(row.getKey())
              .isEqualTo(row.getValue());
        });
  }

  static Stream<Arguments> badFilters() {
    String notFilterable = " is not a property that can be filtered on.";
    String notAllowed = " is not allowed for the property ";
    return Stream.of(
        Arguments.of("displayName eq 'x'", "At position 1, \"displayName\"" + notFilterable),
        Arguments.of("state gt 'a'", "At position 7, the operator gt" + notAllowed + "state."),
        Arguments.of("vmSize lt 'a'", "At position 8, the operator lt" + notAllowed + "vmSize."),
        Arguments.of(
            "enableAutoScale gt true",
            "At position 17, the operator gt" + notAllowed + "enableAutoScale."),
        Arguments.of(
            "startswith(state, 'a')",
            "At position 1, the function startswith" + notAllowed + "state."),
        Arguments.of(
            "endswith(id, 'a')", "At position 1, the function endswith" + notAllowed + "id."));
  }

  @ParameterizedTest
  @MethodSource("badFilters")
  @Covers("batch.list-pools.filter")
  void refusesOtherPropertiesAndOperators(String filter, String reason) {
    assertThat(Refusal.of(world.call("GET", Listings.path("/pools", "$filter", filter)).send()))
        .isEqualTo(
            new Refusal(
                400,
                "InvalidQueryParameterValue",
                Map.of(
                    "QueryParameterName", "$filter",
                    "QueryParameterValue", filter,
                    "Reason", reason)));
  }

  @Test
  @Covers("batch.list-pools.paging")
  void pagesHoldEveryPoolOnceInTheOrderOfIds() {
    String prefix = world.newPoolId();
    for (String name : List.of("_x", "-D", "-b", "9", "-a", "-C")) {
      add(prefix + name, "");
    }

    List<Answer> pages =
        Listings.pages(
            world,
            Listings.path("/pools?maxresults=2", "$filter", "startswith(id,'" + prefix + "')"));

    assertThat(pages.stream().map(Listings::ids))
        .containsExactly(
            List.of(prefix + "-a", prefix + "-b"),
            List.of(prefix + "-C", prefix + "-D"),
            List.of(prefix + "9", prefix + "_x"));
  }

  @Test
  @Covers("batch.list-pools.paging")
  void listsEveryPoolWithoutAFilter() {
    String first = world.linuxNode().poolId();
    String second = world.linuxNode().poolId();

    List<String> ids =
        Listings.pages(world, "/pools").stream()
            .flatMap(page -> Listings.ids(page).stream())
            .toList();

    assertThat(ids).contains(first, second).doesNotHaveDuplicates();
    assertThat(ids).isSortedAccordingTo(java.util.Comparator.comparing(Pool::key));
  }

  @Test
  @Covers({"batch.get-pool.select", "batch.get-pool.expand"})
  void selectsInEveryItem() {
    String id = world.linuxNode().poolId();
    String path =
        Listings.path("/pools?$expand=stats&$select=id,url", "$filter", "id eq '" + id + "'");

    Answer answer = world.call("GET", path).send();

    assertThat(answer.json().get("value").toString())
        .isEqualTo("[{\"id\":\"%s\",\"url\":\"%s/pools/%s\"}]".formatted(id, world.origin(), id));
    assertThat(world.call("GET", "/pools?$expand=x").send().status()).isEqualTo(400);
  }

  @Test
  @Covers("batch.list-nodes.skiptoken-invalid")
  void refusesAForeignToken() {
    assertThat(Refusal.of(world.call("GET", "/pools?$skiptoken=abc").send()))
        .isEqualTo(
            new Refusal(
                400,
                "InvalidQueryParameterValue",
                Map.of(
                    "QueryParameterName", "$skiptoken",
                    "QueryParameterValue", "abc",
                    "Reason", "The token is not one that this server made.")));
  }

  private void add(String id, String more) {
    String body =
        """
        {"id": "%s", %s "cloudServiceConfiguration": {"osFamily": "6"}%s}
        """
            .formatted(id, more, more.contains("vmSize") ? "" : ", \"vmSize\": \"small\"");
    Call call = world.call("POST", "/pools").json(body);
    assertThat(call.send().status()).isEqualTo(201);
  }

  private void change(String id, java.util.function.Consumer<Pool> change) {
    QuarkusTransaction.requiringNew()
        .run(() -> change.accept(world.poolRepository.findById(Pool.key(id))));
  }

  private String named(String prefix, String filter) {
    Answer answer = world.call("GET", Listings.path("/pools", "$filter", filter)).send();
    return String.join(
        "", Listings.ids(answer).stream().map(id -> id.substring(prefix.length())).toList());
  }
}
