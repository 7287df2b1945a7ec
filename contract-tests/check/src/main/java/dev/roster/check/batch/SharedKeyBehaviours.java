package dev.roster.check.batch;

import static dev.roster.check.batch.BatchService.VERSION;
import static dev.roster.check.batch.BatchService.assertError;
import static dev.roster.check.batch.BatchService.httpDate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.batch.BatchService.Node;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.check.replay.Request;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedKeyBehaviours {

  private static final String POOLS = "/pools?maxresults=1&" + VERSION;
  private static final String ANOTHER_KEY = "YW55IG90aGVyIGtleQ==";

  @RegisterExtension final BatchService batch = new BatchService();

  @Test
  @Covers("batch.common.signature-wrong")
  void wrongSignatureIsAnsweredWithTheTextToSign() {
    String account = batch.account();

    Answer answer = batch.bySharedKey("GET", POOLS, signed -> signed.withKey(ANOTHER_KEY)).send();

    Map<String, String> details = assertError(answer, 403, "AuthenticationFailed");
    assertThat(details.get("AuthenticationErrorDetail"))
        .contains(
            "/" + account + "/pools\napi-version:2023-11-01.18.0\nmaxresults:1", "\nocp-date:");
  }

  @Test
  @Covers("batch.common.clock-skew")
  void requestOfAnotherTimeIsRefused() {
    Instant now = ReplayFixture.now();

    for (Duration skew : new Duration[] {Duration.ofMinutes(-20), Duration.ofMinutes(20)}) {
      Answer answer =
          batch
              .bySharedKey("GET", POOLS, Function.identity())
              .header("ocp-date", httpDate(now.plus(skew)))
              .send();
      assertError(answer, 403, "AuthenticationFailed");
    }
  }

  @Test
  @Covers("batch.common.ocp-date-wins")
  void ocpDateIsTheTime() {
    Instant now = ReplayFixture.now();

    Answer answer =
        batch
            .bySharedKey("GET", POOLS, Function.identity())
            .header("ocp-date", httpDate(now))
            .header("Date", httpDate(now.minus(Duration.ofHours(5))))
            .send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.common.raw-path-signed")
  void pathIsSignedAsItIsSent() {
    Node node = batch.node();

    Answer answer = batch.bySharedKey("DELETE", node.users() + "/we%20ird%2Bx").send();

    assertError(answer, 404, "NodeUserNotFound");
  }

  @Test
  @Covers("batch.common.account-ignores-case")
  void accountIsFoundInAnyCase() {
    String upperCase = batch.account().toUpperCase(Locale.ROOT);

    Answer answer = batch.bySharedKey("GET", POOLS, signed -> signed.withAccount(upperCase)).send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.common.content-length-divergence")
  void lengthOfNoBodyIsSignedAsZeroOrNotAtAll() {
    assertThat(batch.bySharedKey("GET", POOLS, Function.identity()).send().status()).isEqualTo(200);
    assertThat(
            batch
                .bySharedKey("GET", POOLS, signed -> signed.withContentLength("0"))
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.common.repeated-request")
  void sameSignatureIsTakenTwice() {
    Request request = batch.bySharedKey("GET", POOLS, Function.identity());

    assertThat(request.send().status()).isEqualTo(200);
    assertThat(request.send().status()).isEqualTo(200);
  }

  @Test
  @Covers({"batch.update-user.security", "batch.delete-user.security"})
  void signedRequestsManageUsers() {
    Node node = batch.node();
    String name = batch.newUser(node);

    Answer updated =
        batch
            .bySharedKey("PUT", node.user(name))
            .header("Content-Type", "application/json; odata=minimalmetadata")
            .body("{}")
            .send();

    assertThat(updated.status()).isEqualTo(200);
    assertThat(batch.bySharedKey("DELETE", node.user(name)).send().status()).isEqualTo(200);
  }

  @Test
  @Covers({"batch.update-user.security", "batch.delete-user.security"})
  void bearersOfATokenManageUsers() {
    Node node = batch.node();
    String name = batch.newUser(node);

    Answer updated =
        batch
            .byBearer("PUT", node.user(name))
            .header("Content-Type", "application/json; odata=minimalmetadata")
            .body("{}")
            .send();

    assertThat(updated.status()).isEqualTo(200);
    assertThat(batch.byBearer("DELETE", node.user(name)).send().status()).isEqualTo(200);
  }
}
