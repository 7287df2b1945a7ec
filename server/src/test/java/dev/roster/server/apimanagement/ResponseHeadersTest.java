package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementHeadersAssert.assertHeaders;
import static dev.roster.server.apimanagement.ApiManagementWorld.VERSION;
import static dev.roster.server.apimanagement.ApiManagementWorld.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer carries. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ResponseHeadersTest {

  private static final String READS = "x-ms-ratelimit-remaining-subscription-reads";
  private static final String WRITES = "x-ms-ratelimit-remaining-subscription-writes";
  private static final String DELETES = "x-ms-ratelimit-remaining-subscription-deletes";

  private static final int CALLERS = 16;

  @Inject ApiManagementWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** One answer of every kind. */
  private List<Answer> answers(Service service) {
    world.addUser(service, "u");
    return List.of(
        world.get(service.path()),
        world.get(service.users()),
        world.head(service.user("u")),
        world.put(service.group("g"), group("g")),
        world.put(service.group("g"), group("g")),
        world.patch(service.group("g"), "{}"),
        world.call("PUT", service.member("g", "u")).send(),
        world.head(service.member("g", "u")),
        world.post(service.user("u") + "/generateSsoUrl"),
        world.post(service.user("u") + "/confirmations/password/send"),
        world.delete(service.group("g")),
        world.delete(service.group("g")),
        world.get(service.group("g")),
        world.head(service.group("g")),
        world.put(service.group("g"), "{}"),
        world.put(service.group("g"), "{"),
        world.put(service.group("g"), " ".repeat(1024 * 1024 + 1)),
        world.call("PUT", service.group("g")).header("Content-Type", "x").body("{}").send(),
        world.delete(service.group("guests")),
        world.call("PUT", service.group("g"), group("g")).header("If-Match", "*").send(),
        world.call("POST", service.users()).send(),
        world.call("OPTIONS", service.users()).send(),
        world.raw("TRACE", service.users() + "?" + VERSION).send(),
        world.get(service.path() + "/apis"),
        world.get("/subscriptions"),
        world.get("/subscriptions/nothing"),
        world.anonymous("GET", service.users()).send(),
        world.raw("GET", service.users()).send(),
        world.raw("GET", "/subscriptions/%zz").send());
  }

  @Test
  @Covers({"apim.common.request-ids", "apim.common.routing-request-id", "apim.common.not-cached"})
  void everyAnswerCarriesItsIdsAndIsNotCached() {
    List<Answer> answers = answers(world.newService());

    answers.forEach(ApiManagementHeadersAssert::assertHeaders);
    assertThat(answers)
        .extracting(answer -> answer.header("x-ms-request-id").orElseThrow())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @Covers("apim.common.request-ids")
  @ValueSource(
      strings = {
        "438CA108-cd5a-4b96-ac2f-786401b1a9b1",
        "no-guid",
        "x",
        "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        "{438ca108-cd5a-4b96-ac2f-786401b1a9b1}"
      })
  void correlationIdOfTheCallerComesBack(String correlationId) {
    Service service = world.newService();

    for (String target :
        List.of(service.users() + "?" + VERSION, "/subscriptions/nothing", "/subscriptions/%zz")) {
      Answer answer =
          world.raw("GET", target).header("x-ms-correlation-request-id", correlationId).send();

      assertHeaders(answer, correlationId);
      assertThat(answer.header("x-ms-request-id"))
          .isNotEqualTo(answer.header("x-ms-correlation-request-id"));
    }
    String longest = "c".repeat(128);
    assertHeaders(
        world.call("GET", service.users()).header("x-ms-correlation-request-id", longest).send(),
        longest);
  }

  @ParameterizedTest
  @Covers({"apim.common.request-ids", "apim.common.no-server-errors"})
  @ValueSource(strings = {"", "two words", "\u00e9", "\u00ff\u00fe", "a\tb", "\u0080", "LONG"})
  void correlationIdThatCannotComeBackIsReplaced(String correlationId) {
    Service service = world.newService();
    String sent = correlationId.replace("LONG", "c".repeat(129));

    Answer answer =
        world
            .raw("GET", service.users() + "?" + VERSION)
            .header("x-ms-correlation-request-id", sent)
            .header("x-ms-client-request-id", sent)
            .header("x-ms-return-client-request-id", "true")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertHeaders(answer);
    assertThat(answer.headers()).doesNotContainKey("x-ms-client-request-id");
  }

  @Test
  @Covers("apim.common.routing-request-id")
  void routingIdTellsTheTimeOfTheServersClock() {
    Service service = world.newService();
    Instant now = clock.stop();
    clock.advance(Duration.ofDays(400));

    Answer answer =
        world.call("GET", service.users()).header("x-ms-correlation-request-id", "c").send();

    assertThat(answer.header("x-ms-routing-request-id"))
        .contains(
            "ROSTER:%s:c"
                .formatted(
                    DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                        .format(now.plus(Duration.ofDays(400)).atOffset(ZoneOffset.UTC))));
  }

  @Test
  @Covers("apim.common.client-request-id-echo")
  void clientRequestIdComesBackOnlyWhenAskedFor() {
    Service service = world.newService();

    for (String path : List.of(service.users(), service.user("nobody"), service.path() + "/apis")) {
      for (String wish : List.of("true", "True", "TRUE")) {
        assertThat(echo(path, wish).headers().get("x-ms-client-request-id"))
            .containsExactly("MY-id.1");
      }
      for (String wish : List.of("false", "", "1", "yes", " x")) {
        assertThat(echo(path, wish).headers()).doesNotContainKey("x-ms-client-request-id");
      }
      assertThat(
              world.call("GET", path).header("x-ms-client-request-id", "MY-id.1").send().headers())
          .doesNotContainKey("x-ms-client-request-id");
      assertThat(
              world
                  .call("GET", path)
                  .header("x-ms-return-client-request-id", "true")
                  .send()
                  .headers())
          .doesNotContainKey("x-ms-client-request-id");
    }
  }

  private Answer echo(String path, String wish) {
    return world
        .call("GET", path)
        .header("x-ms-client-request-id", "MY-id.1")
        .header("x-ms-return-client-request-id", wish)
        .send();
  }

  // ---- rate limits

  private static List<String> limits(Answer answer) {
    return answer.headers().entrySet().stream()
        .filter(header -> header.getKey().startsWith("x-ms-ratelimit-"))
        .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
        .toList();
  }

  @Test
  @Covers("apim.common.rate-limits")
  void countersOfASubscriptionFallWithEachRequest() {
    Service service = world.newSubscription();
    world.addUser(service, "u");

    assertThat(limits(world.get(service.path()))).containsExactly(READS + ": 11999");
    assertThat(limits(world.get(service.users()))).containsExactly(READS + ": 11998");
    assertThat(limits(world.head(service.user("u")))).containsExactly(READS + ": 11997");
    assertThat(limits(world.put(service.group("g"), group("g"))))
        .containsExactly(WRITES + ": 1199");
    assertThat(limits(world.patch(service.group("g"), "{}"))).containsExactly(WRITES + ": 1198");
    assertThat(limits(world.post(service.user("u") + "/generateSsoUrl")))
        .containsExactly(WRITES + ": 1197");
    assertThat(limits(world.put(service.path(), ApiManagementWorld.service())))
        .containsExactly(WRITES + ": 1196");
    assertThat(limits(world.delete(service.group("g")))).containsExactly(DELETES + ": 14999");
    assertThat(limits(world.delete(service.group("g")))).containsExactly(DELETES + ": 14998");
    assertThat(limits(world.get(service.users()))).containsExactly(READS + ": 11996");
  }

  @Test
  @Covers("apim.common.rate-limits")
  void refusalsOfAKnownServiceAreCounted() {
    Service service = world.newSubscription();

    assertThat(limits(world.get(service.user("nobody")))).containsExactly(READS + ": 11999");
    assertThat(limits(world.get(service.users() + "?$top=0"))).containsExactly(READS + ": 11998");
    assertThat(limits(world.put(service.group("g"), "{"))).containsExactly(WRITES + ": 1199");
    assertThat(limits(world.call("POST", service.users()).send()))
        .containsExactly(WRITES + ": 1198");
    assertThat(limits(world.call("OPTIONS", service.users()).send()))
        .containsExactly(WRITES + ": 1197");
    assertThat(limits(world.delete(service.group("guests")))).containsExactly(DELETES + ": 14999");
  }

  @Test
  @Covers("apim.common.rate-limits")
  void whatIsNoKnownServiceHasNoCounters() {
    Service service = world.newSubscription();
    Service unmade = ApiManagementWorld.unmade();

    for (Answer answer :
        List.of(
            world.anonymous("GET", service.users()).send(),
            world.get("/subscriptions/" + service.subscriptionId()),
            world.get(unmade.users()),
            world.get(service.path() + "/apis"),
            world.get(service.path() + "x/users"),
            world.raw("GET", "/subscriptions/%zz").send())) {
      assertThat(answer.status()).isGreaterThanOrEqualTo(400);
      assertThat(limits(answer)).isEmpty();
    }
    assertThat(limits(world.get(service.users()))).containsExactly(READS + ": 11999");
  }

  @Test
  @Covers("apim.common.rate-limits")
  void servicesOfOneSubscriptionShareTheirCounters() {
    Service service = world.newSubscription();
    Service second =
        new Service(service.subscriptionId(), service.resourceGroup(), service.name() + "b");
    world.put(second.path(), ApiManagementWorld.service());
    Service other = world.newSubscription();

    assertThat(limits(world.get(service.users()))).containsExactly(READS + ": 11999");
    assertThat(limits(world.get(second.users()))).containsExactly(READS + ": 11998");
    assertThat(limits(world.get(other.users()))).containsExactly(READS + ": 11999");
  }

  @Test
  @Covers("apim.common.rate-limits")
  void concurrentRequestsAreCountedOneByOne() {
    Service service = world.newSubscription();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(world.call("GET", service.users()));
    }

    List<Answer> answers = Together.send(calls);

    assertThat(answers)
        .extracting(answer -> Long.parseLong(answer.header(READS).orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.iterate(11_999, left -> left - 1).limit(CALLERS).boxed().toList());
  }
}
