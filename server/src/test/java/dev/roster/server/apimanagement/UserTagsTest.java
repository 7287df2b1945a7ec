package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The entity tags of users and of what is around them. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UserTagsTest {

  private static final String GROUP = "{\"properties\": {\"displayName\": \"Testers\"}}";

  private static final String SERVICE =
      """
      {"location": "West US", "sku": {"name": "Developer", "capacity": 1},
       "properties": {"publisherEmail": "p@example.com", "publisherName": "Contoso"}}
      """;

  @Inject ApiManagementWorld world;

  /** The counters in the tag of an answer. */
  private static List<Long> counters(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    String tag = answer.header("ETag").orElseThrow();
    assertThat(tag).matches("\"[A-Za-z0-9+/]+=*\"");
    byte[] bytes = Base64.getDecoder().decode(tag.substring(1, tag.length() - 1));
    // The one spelling of these bytes, with its padding.
    assertThat(tag).isEqualTo('"' + Base64.getEncoder().encodeToString(bytes) + '"');
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<Long> counters = new ArrayList<>();
    while (buffer.remaining() >= Long.BYTES) {
      counters.add(buffer.getLong());
    }
    assertThat(buffer.remaining()).isZero();
    return counters;
  }

  @Test
  @Covers({"apim.common.etag-form", "apim.update-user.short-etag", "apim.head-user.answer"})
  void tagOfAUserHasTwoCountersExceptInThePatchWhichTellsTheFirst() {
    Service service = world.newService();
    String path = service.user("ann");

    Answer created = world.put(path, user("ann@example.com"));
    assertThat(created.status()).isEqualTo(201);
    List<Long> first = counters(created);
    assertThat(first).hasSize(2);
    assertThat(counters(world.get(path))).isEqualTo(first);
    assertThat(counters(world.call("HEAD", path).send())).isEqualTo(first);

    List<Long> patched = counters(world.patch(path, "{}"));
    assertThat(patched).hasSize(1);
    List<Long> second = counters(world.get(path));
    assertThat(second).hasSize(2);
    assertThat(second.get(0)).isEqualTo(patched.get(0)).isGreaterThan(first.get(1));
    assertThat(second.get(1)).isGreaterThan(patched.get(0));
    assertThat(counters(world.call("HEAD", path).send())).isEqualTo(second);

    List<Long> again = counters(world.patch(path, "{\"properties\": {\"note\": \"n\"}}"));
    assertThat(again.get(0)).isGreaterThan(second.get(1));
    assertThat(counters(world.get(path)).get(0)).isEqualTo(again.get(0));

    Answer replaced = world.put(path, user("ann@example.com"));
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(counters(replaced)).hasSize(2).isEqualTo(counters(world.get(path)));
    assertThat(counters(world.get(service.user("1")))).hasSize(2);
  }

  @Test
  @Covers("apim.common.etag-form")
  void tagOfEverythingElseHasOneCounter() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String group = service.group("testers");

    List<Long> made = counters(world.put(group, GROUP));
    assertThat(made).hasSize(1);
    assertThat(counters(world.get(group))).isEqualTo(made);
    assertThat(counters(world.call("HEAD", group).send())).isEqualTo(made);
    List<Long> changed = counters(world.patch(group, GROUP));
    assertThat(changed).hasSize(1).isNotEqualTo(made);
    assertThat(counters(world.get(group))).isEqualTo(changed);
    assertThat(counters(world.call("PUT", service.member("testers", "ann")).send())).hasSize(1);
    assertThat(counters(world.put(service.path(), SERVICE))).hasSize(1);
    assertThat(counters(world.get(service.path()))).hasSize(1);
    String subscriptions = service.user("1") + "/subscriptions";
    String sid = ApiManagementWorld.names(world.get(subscriptions)).get(0);
    assertThat(counters(world.get(subscriptions + "/" + sid))).hasSize(1);
  }

  @Test
  @Covers("apim.common.etag-grows")
  void everyWriteTakesCountersAboveAllEarlierOnes() {
    Service service = world.newService();
    List<Long> taken = new ArrayList<>(counters(world.get(service.path())));
    taken.addAll(counters(world.get(service.user("1"))));
    String ann = service.user("ann");

    assertGrows(taken, world.put(ann, user("ann@example.com")));
    assertGrows(taken, world.put(service.user("bob"), user("bob@example.com")));
    assertGrows(taken, world.put(ann, user("ann@example.com")));
    assertGrows(taken, world.patch(ann, "{\"properties\": {\"state\": \"blocked\"}}"));
    taken.addAll(counters(world.get(ann)));
    assertGrows(taken, world.patch(ann, "{}"));
    taken.addAll(counters(world.get(ann)));
    assertGrows(taken, world.put(service.group("testers"), GROUP));
    assertGrows(taken, world.call("PUT", service.member("testers", "ann")).send());
    assertGrows(taken, world.patch(service.group("testers"), GROUP));
    assertGrows(taken, world.put(service.path(), SERVICE));
    assertGrows(taken, world.patch(service.user("1"), "{}"));
    taken.addAll(counters(world.get(service.user("1"))));
    assertThat(world.call("DELETE", ann).send().status()).isEqualTo(200);
    assertGrows(taken, world.put(ann, user("ann@example.com")));
  }

  private static void assertGrows(List<Long> taken, Answer answer) {
    long highest = taken.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(counters(answer)).allMatch(counter -> counter > highest);
    taken.addAll(counters(answer));
  }

  @Test
  @Covers("apim.common.etag-grows")
  void whatIsNotWrittenKeepsItsTag() {
    Service service = world.newService();
    world.addUser(service, "ann");
    world.addUser(service, "bob");
    String ann = world.tag(service.user("ann"));
    String owner = world.tag(service.user("1"));

    world.patch(service.user("bob"), "{}");
    world.put(service.user("bob"), user("bob@example.com"));
    world.get(service.users());
    world.call("DELETE", service.user("bob")).send();

    assertThat(world.tag(service.user("ann"))).isEqualTo(ann);
    assertThat(world.tag(service.user("1"))).isEqualTo(owner);
  }

  @Test
  @Covers("apim.common.etag-absent")
  void listsDeletesActionsAndErrorsHaveNoTag() {
    Service service = world.newService();
    world.addUser(service, "ann");
    world.put(service.group("testers"), GROUP);
    world.call("PUT", service.member("testers", "ann")).send();
    String ann = service.user("ann");
    String none = service.user("nobody");
    String token =
        "{\"properties\": {\"keyType\": \"primary\", \"expiry\": \"2019-04-21T00:44:24Z\"}}";

    List<Answer> fine =
        List.of(
            world.get(service.users()),
            world.get(service.groups()),
            world.get(service.group("testers") + "/users"),
            world.get(ann + "/groups"),
            world.get(ann + "/identities"),
            world.get(service.user("1") + "/subscriptions"),
            world.call("HEAD", service.member("testers", "ann")).send(),
            world.call("POST", ann + "/generateSsoUrl").send(),
            world.call("POST", ann + "/token", token).send(),
            world.call("POST", ann + "/confirmations/password/send").send(),
            world.call("DELETE", service.member("testers", "ann")).send(),
            world.call("DELETE", service.member("testers", "ann")).send(),
            world.send("DELETE", service.group("testers"), null, "If-Match", "*"),
            world.send("DELETE", none, null, "If-Match", "*"));
    List<Answer> errors =
        List.of(
            world.get(none),
            world.call("HEAD", none).send(),
            world.patch(none, "{}"),
            world.call("PATCH", ann, "{}").send(),
            world.send("PATCH", ann, "{}", "If-Match", "\"x\""),
            world.send("PUT", ann, user("ann@example.com"), "If-None-Match", "*"),
            world.put(ann, "{}"),
            world.put(ann, "["),
            world.patch(ann, "{\"properties\": {\"state\": \"pending\"}}"),
            world.get(service.group("none")),
            world.call("DELETE", service.user("1")).send(),
            world.call("POST", ann).send());

    assertThat(fine).extracting(Answer::status).allMatch(status -> status < 300);
    assertThat(errors).extracting(Answer::status).allMatch(status -> status >= 400);
    assertThat(fine).allMatch(answer -> answer.header("ETag").isEmpty());
    assertThat(errors).allMatch(answer -> answer.header("ETag").isEmpty());
    Answer deleted = world.send("DELETE", ann, null, "If-Match", world.tag(ann));
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.header("ETag")).isEmpty();
    assertThat(world.call("DELETE", service.path()).send().header("ETag")).isEmpty();
  }
}
