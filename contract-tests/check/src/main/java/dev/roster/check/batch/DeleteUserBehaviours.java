package dev.roster.check.batch;

import static dev.roster.check.batch.BatchService.assertError;
import static dev.roster.check.batch.BatchService.assertRequestId;
import static dev.roster.check.batch.BatchService.newName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.batch.BatchService.Node;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteUserBehaviours {

  @RegisterExtension final BatchService batch = new BatchService();

  @Test
  @Covers({"batch.delete-user.answer", "batch.delete-user.request-id"})
  void deletionIsAnsweredWithoutBody() {
    Node node = batch.node();
    String name = batch.newUser(node);

    Answer answer = batch.request("DELETE", node.user(name)).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId")).isEmpty();
    assertRequestId(answer);
  }

  @Test
  @Covers("batch.delete-user.deletes")
  void nameIsFreeAfterwards() {
    Node node = batch.node();
    String name = batch.newUser(node);

    assertThat(batch.request("DELETE", node.user(name)).send().status()).isEqualTo(200);

    assertError(batch.update(node, name, "{}").send(), 404, "NodeUserNotFound");
    assertThat(batch.addUser(node, name, "").status()).isEqualTo(201);
  }

  @Test
  @Covers({"batch.delete-user.second-delete", "batch.delete-user.errors"})
  void secondDeletionFindsNoUser() {
    Node node = batch.node();
    String name = batch.newUser(node);
    assertThat(batch.request("DELETE", node.user(name)).send().status()).isEqualTo(200);

    Answer answer = batch.request("DELETE", node.user(name)).send();

    assertError(answer, 404, "NodeUserNotFound");
    assertThat(answer.json().at("/message/value").asText()).contains("\nRequestId:");
  }

  @Test
  @Covers("batch.delete-user.path-required")
  void eachPartOfThePathCounts() {
    Node node = batch.node();
    String name = batch.newUser(node);

    assertError(delete(new Node(newName(), node.id()), name), 404, "PoolNotFound");
    assertError(delete(new Node(node.poolId(), newName()), name), 404, "NodeNotFound");
    assertError(delete(node, newName()), 404, "NodeUserNotFound");
    assertThat(delete(node, name).status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.delete-user.api-version-required")
  void versionIsRequired() {
    assertError(
        batch.anonymous("DELETE", batch.node().user(newName())).send(),
        400,
        "MissingRequiredQueryParameter");
  }

  @Test
  @Covers({"batch.delete-user.return-client-request-id", "batch.delete-user.ocp-date"})
  void ownIdComesBackOnlyWhenAskedFor() {
    Node node = batch.node();
    String name = batch.newUser(node);
    String other = batch.newUser(node);
    String id = UUID.randomUUID().toString();

    Answer asked =
        batch
            .request("DELETE", node.user(name))
            .header("client-request-id", id)
            .header("return-client-request-id", "true")
            .header("ocp-date", BatchService.httpDate(ReplayFixture.now()))
            .send();
    Answer unasked =
        batch.request("DELETE", node.user(other)).header("client-request-id", id).send();

    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.header("client-request-id")).contains(id);
    assertThat(unasked.status()).isEqualTo(200);
    assertThat(unasked.header("client-request-id")).isEmpty();
  }

  private Answer delete(Node node, String name) {
    return batch.request("DELETE", node.user(name)).send();
  }
}
