package dev.roster.check.batch;

import static dev.roster.check.batch.BatchService.assertError;
import static dev.roster.check.batch.BatchService.assertRequestId;
import static dev.roster.check.batch.BatchService.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.batch.BatchService.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeBehaviours {

  private static final int MOST_PAGES = 1000;

  @RegisterExtension final BatchService batch = new BatchService();

  @Test
  @Covers({"batch.get-node.identity", "batch.get-node.no-validators"})
  void nodeTellsItsUrlAndAffinity() {
    Node node = batch.node();

    Answer answer = batch.request("GET", node.path()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("id").asText()).isEqualTo(node.id());
    assertThat(answer.json().path("url").asText()).endsWith(node.path());
    assertThat(answer.json().path("affinityId").asText()).isEqualTo("TVM:" + node.id());
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Last-Modified")).isEmpty();
  }

  @Test
  @Covers("batch.get-node.select")
  void nodeShowsTheSelectedProperties() {
    Answer answer = batch.request("GET", batch.node().path() + "?$select=id,state").send();

    assertThat(names(answer.json()))
        .containsExactlyInAnyOrder("odata.metadata", "id", "state", "virtualMachineInfo");
  }

  @Test
  @Covers("batch.list-nodes.metadata")
  void listTellsWhatItIsOf() {
    Answer answer = batch.request("GET", batch.node().pool() + "/nodes").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("odata.metadata").asText()).endsWith("$metadata#nodes");
  }

  @Test
  @Covers("batch.list-nodes.select")
  void listShowsTheSelectedProperties() {
    Answer answer = batch.request("GET", batch.node().pool() + "/nodes?$select=id,state").send();

    assertThat(answer.json().path("value")).isNotEmpty();
    for (JsonNode node : answer.json().path("value")) {
      assertThat(names(node)).containsExactlyInAnyOrder("id", "state", "virtualMachineInfo");
    }
  }

  @Test
  @Covers("batch.list-nodes.filter-state")
  void statesAreFiltered() {
    Node node = batch.node();
    String state = batch.request("GET", node.path()).send().json().path("state").asText();

    assertThat(filtered(node, "state eq '" + state + "'")).contains(node.id());
    assertThat(filtered(node, "state ne '" + state + "'")).doesNotContain(node.id());
  }

  @Test
  @Covers("batch.list-nodes.filter-times")
  void timesAreFiltered() {
    Node node = batch.node();
    JsonNode read = batch.request("GET", node.path()).send().json();

    for (String member : List.of("stateTransitionTime", "lastBootTime", "allocationTime")) {
      String time = "datetime'" + read.path(member).asText() + "'";
      assertThat(filtered(node, member + " eq " + time)).as(member).contains(node.id());
      assertThat(filtered(node, member + " ge " + time)).as(member).contains(node.id());
      assertThat(filtered(node, member + " le " + time)).as(member).contains(node.id());
      assertThat(filtered(node, member + " ne " + time)).as(member).doesNotContain(node.id());
      assertThat(filtered(node, member + " gt " + time)).as(member).doesNotContain(node.id());
      assertThat(filtered(node, member + " lt " + time)).as(member).doesNotContain(node.id());
    }
  }

  @Test
  @Covers("batch.list-nodes.filter-and-or")
  void andBindsBeforeOr() {
    Node node = batch.node();
    String past = "allocationTime gt datetime'2001-01-01T00:00:00Z'";
    String never = "allocationTime lt datetime'2001-01-01T00:00:00Z'";

    assertThat(filtered(node, past + " or " + never + " and " + never)).contains(node.id());
    assertThat(filtered(node, past + " and " + never)).doesNotContain(node.id());
    assertThat(filtered(node, never + " or " + past)).contains(node.id());
  }

  @Test
  @Covers({"batch.list-nodes.paging", "batch.list-nodes.next-link"})
  void pagesHoldEveryNodeOnce() {
    Node node = batch.node();
    List<String> all = ids(batch.request("GET", node.pool() + "/nodes").send());
    assumeTrue(all.size() > 1, "needs a pool with two nodes");

    List<String> paged = new ArrayList<>();
    String next = BatchService.versioned(node.pool() + "/nodes?maxresults=1&$select=id");
    for (int page = 0; page < MOST_PAGES && next != null; page++) {
      Answer answer = batch.requestAsIs("GET", next).send();
      paged.addAll(ids(answer));
      next = null;
      if (answer.json().has("odata.nextLink")) {
        URI link = URI.create(answer.json().get("odata.nextLink").asText().replace("$", "%24"));
        assertThat(link.isAbsolute()).as("odata.nextLink is absolute").isTrue();
        assertThat(link.getQuery()).contains("$skiptoken=", "maxresults=1", "$select=id");
        next = link.getRawPath() + "?" + link.getRawQuery();
      }
    }

    assertThat(paged).containsExactlyElementsOf(all);
  }

  @Test
  @Covers("batch.common.pool-unknown")
  void nodesOfAnUnknownPoolAreNotFound() {
    assertError(
        batch.request("GET", "/pools/" + BatchService.newName() + "/nodes").send(),
        404,
        "PoolNotFound");
  }

  @Test
  @Covers("batch.common.request-id")
  void settingsOfARemoteLogInAreAnAddressAndAPort() {
    Answer answer = batch.request("GET", batch.node().path() + "/remoteloginsettings").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("remoteLoginIPAddress").asText()).isNotBlank();
    assertThat(answer.json().path("remoteLoginPort").asInt()).isBetween(1, 65535);
    assertRequestId(answer);
  }

  @Test
  @Covers("batch.enable-scheduling.already")
  void enabledNodeCannotBeEnabled() {
    Node node = batch.node();
    assumeEnabled(node);

    assertError(
        batch.request("POST", node.path() + "/enablescheduling").send(),
        409,
        "NodeAlreadyInTargetSchedulingState");
  }

  @Test
  @Covers("batch.disable-scheduling.already")
  void disabledNodeCannotBeDisabled() {
    Node node = batch.node();
    assumeEnabled(node);
    assertThat(batch.request("POST", node.path() + "/disablescheduling").json("{}").send().status())
        .isEqualTo(200);
    batch.removeAfterwards(() -> batch.request("POST", node.path() + "/enablescheduling"));

    Answer answer = batch.request("POST", node.path() + "/disablescheduling").json("{}").send();

    assertError(answer, 409, "NodeAlreadyInTargetSchedulingState");
  }

  private void assumeEnabled(Node node) {
    assumeTrue(
        batch
            .request("GET", node.path())
            .send()
            .json()
            .path("schedulingState")
            .asText()
            .equals("enabled"),
        "needs a node whose scheduling is enabled");
  }

  private List<String> filtered(Node node, String filter) {
    return ids(batch.request("GET", node.pool() + "/nodes?$filter=" + encoded(filter)).send());
  }

  private static List<String> ids(Answer list) {
    assertThat(list.status()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    list.json().path("value").forEach(node -> ids.add(node.path("id").asText()));
    return ids;
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
