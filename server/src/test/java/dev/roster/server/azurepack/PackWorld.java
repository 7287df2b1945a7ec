package dev.roster.server.azurepack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.http.UrlSegments;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.RawHttp;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What tests of Azure Pack need: calls as a client makes them, and data of their own.
 *
 * <p>All tests share one service. Each makes its own users, with names that no other test has, and
 * asks lists for them only.
 */
@Singleton
class PackWorld {

  static final String USERS = "/users";

  private static final AtomicInteger NAMES = new AtomicInteger();

  @Inject HttpServer http;

  String origin() {
    return "http://localhost:" + http.getPort();
  }

  /** A name that no other test has; an e-mail address. */
  static String newName() {
    return "user" + NAMES.incrementAndGet() + "@example.test";
  }

  /** The path of a user, its name encoded. */
  static String user(String name) {
    return USERS + "/" + UrlSegments.encode(name);
  }

  /** A call without Authorization. */
  Call anonymous(String method, String target) {
    return Call.of(Contract.AZURE_PACK, origin(), method, target);
  }

  /** A call with a bearer token. */
  Call call(String method, String target) {
    return anonymous(method, target).header("Authorization", "Bearer token");
  }

  /** A call with a JSON body. */
  Call call(String method, String target, String json) {
    return call(method, target)
        .header("Content-Type", "application/json; charset=utf-8")
        .body(json);
  }

  /** A call with an XML body. */
  Call xml(String method, String target, String xml) {
    return call(method, target).header("Content-Type", "application/xml; charset=utf-8").body(xml);
  }

  Answer get(String target) {
    return call("GET", target).send();
  }

  Answer post(String json) {
    return call("POST", USERS, json).send();
  }

  Answer put(String name, String json) {
    return call("PUT", user(name), json).send();
  }

  Answer delete(String name) {
    return call("DELETE", user(name)).send();
  }

  /** A request as no client would send it, with bearer token; the target is complete. */
  RawHttp raw(String method, String target) {
    return RawHttp.of(Contract.AZURE_PACK, origin(), method, target)
        .header("Authorization", "Bearer token");
  }

  /** The body of a request for an active user. */
  static String body(String name) {
    return body(name, 1);
  }

  static String body(String name, int state) {
    return "{\"Name\": \"%1$s\", \"Email\": \"%1$s\", \"State\": %2$d}".formatted(name, state);
  }

  /** A new active user whose address is its name. */
  String newUser() {
    String name = newName();
    newUser(name);
    return name;
  }

  void newUser(String name) {
    Answer answer = post(body(name));
    if (answer.status() != 201) {
      throw new AssertionError(answer.status() + ": " + answer.text());
    }
  }

  /** A user as a GET answers it. */
  JsonNode read(String name) {
    Answer answer = get(user(name));
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + ": " + answer.text());
    }
    return answer.json();
  }

  /** The names of a list's users, in its order. */
  static List<String> names(Answer list) {
    List<String> names = new ArrayList<>();
    list.json().get("items").forEach(user -> names.add(user.get("Name").asText()));
    return names;
  }
}
