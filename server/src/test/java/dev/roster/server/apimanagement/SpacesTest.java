package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementWorld.group;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of another space, which have the same keys, are neither seen nor touched. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SpacesTest {

  private static final String OTHER = "other";

  @Inject ApiManagementWorld world;
  @Inject StoredServices stored;

  @AfterEach
  void forgetTheOtherSpace() {
    for (String table : List.of("apim_service", "arm_resource_group", "arm_subscription")) {
      stored.execute("delete from " + table + " where space = 'other'");
    }
  }

  /** A service with two users, a group, and one of the users in it. */
  private Service serviceWithContents() {
    Service service = world.newSubscription();
    world.addUser(service, "alice");
    world.addUser(service, "bob");
    world.addGroup(service, "testers");
    world.addMember(service, "testers", "alice");
    return service;
  }

  /** Copies a service with all that it belongs to and that belongs to it; gives its own id. */
  private long copyToOtherSpace(Service service) {
    long id = world.instance(service).id();
    String key = service.subscriptionId();
    copy("arm_subscription", "subscription_key", key);
    copy("arm_resource_group", "subscription_key", key);
    copy("apim_service", "service_id", id);
    StoredServices.CONTENTS.forEach(table -> copy(table, "service_id", id));
    return id;
  }

  private void copy(String table, String column, Object value) {
    // Generated columns cannot be inserted.
    List<String> columns =
        stored.query(
            "select column_name::text from information_schema.columns where table_name = ? and is_generated = 'NEVER' and column_name <> 'space'",
            table);
    String names = String.join(", ", columns);
    stored.execute(
        "insert into %1$s (space, %2$s) select 'other', %2$s from %1$s where space = 'default' and %3$s = ?"
            .formatted(table, names, column),
        value);
  }

  private List<String> other(Service service, long id) {
    List<String> rows = new ArrayList<>(stored.ofSpace(OTHER, id));
    for (String table : List.of("arm_subscription", "arm_resource_group")) {
      rows.addAll(
          stored.query(
              "select t::text from " + table + " t where space = ? and subscription_key = ?",
              OTHER,
              service.subscriptionId()));
    }
    rows.addAll(
        stored.query(
            "select t::text from apim_user_count t where space = ? and service_id = ? order by 1",
            OTHER,
            id));
    return rows;
  }

  private void assertError(Answer answer, String code) {
    assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
  }

  @Test
  void subscriptionGroupAndServiceOfAnotherSpaceDoNotExist() {
    Service service = serviceWithContents();
    long id = copyToOtherSpace(service);
    List<String> before = other(service, id);
    assertThat(before).hasSizeGreaterThan(15);
    for (String[] step :
        new String[][] {
          {"apim_service", "ResourceNotFound"},
          {"arm_resource_group", "ResourceGroupNotFound"},
          {"arm_subscription", "SubscriptionNotFound"}
        }) {
      stored.execute(
          "delete from " + step[0] + " where space = 'default' and subscription_key = ?",
          service.subscriptionId());

      assertError(world.get(service.path()), step[1]);
      assertError(world.get(service.users()), step[1]);
      assertError(world.put(service.user("alice"), user("a@x")), step[1]);
      assertError(world.patch(service.user("alice"), "{}"), step[1]);
      assertError(world.delete(service.user("alice")), step[1]);
      assertError(world.post(service.user("alice") + "/generateSsoUrl"), step[1]);
      assertError(world.put(service.group("testers"), group("x")), step[1]);
      assertError(world.delete(service.member("testers", "alice")), step[1]);
      Answer deleted = world.delete(service.path());
      if (step[1].equals("ResourceNotFound")) {
        assertThat(deleted.status()).isEqualTo(204);
      } else {
        assertError(deleted, step[1]);
      }
    }
    assertThat(other(service, id)).isEqualTo(before);

    assertThat(world.put(service.path(), ApiManagementWorld.service()).status()).isEqualTo(201);
    assertThat(names(world.get(service.users()))).containsExactly("1");
    assertThat(other(service, id)).isEqualTo(before);
  }

  @Test
  void contentsOfAnotherSpaceDoNotExist() {
    Service service = serviceWithContents();
    world.addGroup(service, "empty");
    String sid = names(world.get(service.user("1") + "/subscriptions")).get(0);
    long id = copyToOtherSpace(service);
    stored.execute(
        "insert into apim_group_user (space, service_id, group_key, user_key, user_ordinal, version) select space, service_id, 'empty', user_key, user_ordinal, version from apim_group_user where space = 'other' and service_id = ? and group_key = 'testers'",
        id);
    List<String> before = other(service, id);
    for (String table : List.of("apim_user", "apim_group")) {
      stored.execute(
          "delete from "
              + table
              + " where space = 'default' and service_id = ?"
              + (table.equals("apim_user")
                  ? " and user_key <> 'bob'"
                  : " and group_key = 'testers'"),
          id);
    }

    assertThat(names(world.get(service.users()))).containsExactly("bob");
    assertThat(world.get(service.users()).json().get("count").asInt()).isEqualTo(1);
    assertThat(names(world.get(service.users() + "?$filter=name%20ne%20'x'")))
        .containsExactly("bob");
    assertThat(
            world
                .get(service.users() + "?expandGroups=true")
                .json()
                .at("/value/0/properties/groups"))
        .hasSize(1);
    assertServiceError(
        world.get(service.user("alice")), 404, "ResourceNotFound", "User not found.");
    assertThat(world.head(service.user("alice")).status()).isEqualTo(404);
    assertThat(world.patch(service.user("alice"), "{}").status()).isEqualTo(404);
    assertThat(world.delete(service.user("alice")).status()).isEqualTo(204);
    assertThat(world.get(service.user("alice") + "/identities").status()).isEqualTo(404);
    assertThat(world.get(service.user("1") + "/subscriptions/" + sid).status()).isEqualTo(404);
    assertThat(names(world.get(service.groups())))
        .containsExactly("administrators", "developers", "guests", "empty");
    assertServiceError(
        world.get(service.group("testers")), 404, "ResourceNotFound", "Group not found.");
    assertThat(world.patch(service.group("testers"), "{}").status()).isEqualTo(404);
    assertThat(world.delete(service.group("testers")).status()).isEqualTo(204);
    assertThat(world.call("PUT", service.member("testers", "bob")).send().status()).isEqualTo(404);
    assertThat(names(world.get(service.group("empty") + "/users"))).isEmpty();
    assertThat(world.head(service.member("empty", "alice")).status()).isEqualTo(404);
    assertThat(world.delete(service.member("empty", "alice")).status()).isEqualTo(204);
    assertThat(other(service, id)).isEqualTo(before);

    // The same keys and the same address are free here.
    assertThat(world.put(service.user("alice"), user("alice@example.com")).status()).isEqualTo(201);
    assertThat(names(world.get(service.user("alice") + "/groups"))).containsExactly("developers");
    assertThat(world.get(service.user("alice") + "/subscriptions").json().get("count").asInt())
        .isZero();
    assertThat(world.put(service.group("testers"), group("mine")).status()).isEqualTo(201);
    assertThat(names(world.get(service.group("testers") + "/users"))).isEmpty();
    assertThat(other(service, id)).isEqualTo(before);
  }

  @Test
  void everyWriteChangesOwnRowsOnly() {
    Service service = serviceWithContents();
    long id = copyToOtherSpace(service);
    List<String> before = other(service, id);

    assertThat(world.put(service.path(), ApiManagementWorld.service()).status()).isEqualTo(200);
    assertThat(world.put(service.user("alice"), user("changed@x")).status()).isEqualTo(200);
    assertThat(
            world
                .patch(
                    service.user("bob"), "{\"properties\": {\"note\": \"n\", \"password\": \"p\"}}")
                .status())
        .isEqualTo(200);
    assertThat(world.put(service.user("carol"), user("carol@x")).status()).isEqualTo(201);
    assertThat(world.put(service.group("testers"), group("changed")).status()).isEqualTo(200);
    assertThat(world.patch(service.group("testers"), group("again")).status()).isEqualTo(200);
    assertThat(world.put(service.group("more"), group("more")).status()).isEqualTo(201);
    assertThat(world.call("PUT", service.member("testers", "bob")).send().status()).isEqualTo(201);
    assertThat(other(service, id)).isEqualTo(before);
    assertThat(world.delete(service.member("testers", "alice")).status()).isEqualTo(200);
    assertThat(
            world.patch(service.user("bob"), "{\"properties\": {\"state\": \"deleted\"}}").status())
        .isEqualTo(200);
    assertThat(world.delete(service.user("bob")).status()).isEqualTo(200);
    assertThat(world.delete(service.group("testers")).status()).isEqualTo(200);
    assertThat(other(service, id)).isEqualTo(before);
    assertThat(world.delete(service.path()).status()).isEqualTo(200);
    assertThat(stored.ofSpace("default", id)).isEmpty();
    assertThat(other(service, id)).isEqualTo(before);
  }

  @Test
  void readsTellOwnValuesOnly() {
    Service service = serviceWithContents();
    String sid = names(world.get(service.user("1") + "/subscriptions")).get(0);
    List<String> paths =
        List.of(
            service.path(),
            service.users(),
            service.users() + "?expandGroups=true",
            service.user("alice"),
            service.user("alice") + "/groups",
            service.user("alice") + "/identities",
            service.user("1") + "/subscriptions",
            service.user("1") + "/subscriptions/" + sid,
            service.groups(),
            service.group("testers"),
            service.group("testers") + "/users");
    List<String> answers = paths.stream().map(path -> world.get(path).text()).toList();
    String url = tokenOf(service);
    long id = copyToOtherSpace(service);
    for (String change :
        List.of(
            "apim_service set location = 'elsewhere', version = 1, token_secret = '\\x00'",
            "apim_user set first_name = 'Elsewhere', email = 'elsewhere', version = 1, identities = '[]'",
            "apim_group set display_name = 'elsewhere', version = 1",
            "apim_group_user set version = 1",
            "apim_subscription set product = 'elsewhere', version = 1")) {
      assertThat(
              stored.execute("update " + change + " where space = 'other' and service_id = ?", id))
          .isPositive();
    }

    assertThat(paths.stream().map(path -> world.get(path).text()).toList()).isEqualTo(answers);
    assertThat(tokenOf(service)).isEqualTo(url);
  }

  private String tokenOf(Service service) {
    return world
        .call(
            "POST",
            service.user("alice") + "/token",
            "{\"properties\": {\"keyType\": \"primary\", \"expiry\": \"2020-01-01T00:00:00Z\"}}")
        .send()
        .text();
  }
}
