package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.ServiceInstance.ServiceDefinition;
import dev.roster.server.http.UrlSegments;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.RawHttp;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What tests of API Management need: calls as a client makes them, and data of their own.
 *
 * <p>Each test makes its own service, so that no test meets the data of another.
 */
@Singleton
class ApiManagementWorld {

  static final String VERSION = "api-version=2022-08-01";
  static final String BEARER = "Bearer token";

  private static final AtomicInteger SERVICES = new AtomicInteger();

  @Inject ServiceInstanceService services;
  @Inject UserService users;
  @Inject HttpServer http;

  /** A service of a test. */
  record Service(String subscriptionId, String resourceGroup, String name) {

    /** The path of the service itself, which is also its resource id. */
    String path() {
      return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ApiManagement/service/%s"
          .formatted(subscriptionId, resourceGroup, name);
    }

    String users() {
      return path() + "/users";
    }

    /** The path of a user, its id encoded. */
    String user(String id) {
      return users() + "/" + UrlSegments.encode(id);
    }

    String groups() {
      return path() + "/groups";
    }

    /** The path of a group, its id encoded. */
    String group(String id) {
      return groups() + "/" + UrlSegments.encode(id);
    }

    /** The path of a member of a group. */
    String member(String groupId, String userId) {
      return group(groupId) + "/users/" + UrlSegments.encode(userId);
    }
  }

  String origin() {
    return "http://localhost:" + http.getPort();
  }

  /** A call with bearer token and api-version. */
  Call call(String method, String path) {
    return anonymous(method, path + (path.contains("?") ? "&" : "?") + VERSION)
        .header("Authorization", BEARER);
  }

  /** A call with nothing but what the test says. */
  Call anonymous(String method, String target) {
    return Call.of(Contract.AZURE_API_MANAGEMENT, origin(), method, target);
  }

  /** A call with a JSON body. */
  Call call(String method, String path, String json) {
    return call(method, path).header("Content-Type", "application/json").body(json);
  }

  /** A PATCH that goes through whatever the present tag is. */
  Answer patch(String path, String json) {
    return call("PATCH", path, json).header("If-Match", "*").send();
  }

  Answer put(String path, String json) {
    return call("PUT", path, json).send();
  }

  Answer get(String path) {
    return call("GET", path).send();
  }

  /** The body of a request for a user. */
  static String user(String email) {
    return """
        {"properties": {"email": "%s", "firstName": "First", "lastName": "Last"}}
        """
        .formatted(email);
  }

  /** A new service of the Developer tier, with its owner {@code 1} and no other user. */
  Service newService() {
    Service service = new Service("sub-1", "group-1", "service-" + SERVICES.incrementAndGet());
    services.put(
        ArmPath.parse(service.path()),
        new ServiceDefinition(
            "West US", Map.of(), "Developer", 1, "owner@" + service.name(), "Contoso", "n@x"));
    return service;
  }

  /** A user of a service, with the address {@code <id>@example.com}, as a PUT makes one. */
  User addUser(Service service, String id) {
    return users
        .put(
            instance(service),
            id,
            new UserDefinition(id + "@example.com", "First", "Last", null, null, null, null),
            Preconditions.ofIfMatch(null))
        .user();
  }

  /** Users with the ids {@code <prefix>1} and so on. */
  void addUsers(Service service, String prefix, int count) {
    for (int i = 1; i <= count; i++) {
      addUser(service, prefix + i);
    }
  }

  /** Looks at a service as it is stored. */
  ServiceInstance instance(Service service) {
    return services.find(ArmPath.parse(service.path())).orElseThrow();
  }

  /** The ids of the entries of a listing, in its order. */
  static List<String> names(Answer listing) {
    return listing.json().get("value").findValuesAsText("name").stream().toList();
  }

  /**
   * A call with a JSON body and headers.
   *
   * @param json null for none
   * @param namesAndValues of the headers, by turns; those whose value is null are left out
   */
  Answer send(String method, String path, String json, String... namesAndValues) {
    Call call = json == null ? call(method, path) : call(method, path, json);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        call.header(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return call.send();
  }

  /** The entity tag that a GET answers. */
  String tag(String path) {
    return get(path).header("ETag").orElseThrow();
  }

  /** A request as no client would send it, with bearer token; the target is complete. */
  RawHttp raw(String method, String target) {
    return RawHttp.of(Contract.AZURE_API_MANAGEMENT, origin(), method, target)
        .header("Authorization", BEARER);
  }

  Answer head(String path) {
    return call("HEAD", path).send();
  }

  Answer delete(String path) {
    return call("DELETE", path).send();
  }

  Answer post(String path) {
    return call("POST", path).send();
  }

  /** A service that nobody has made, in a subscription and a resource group that nobody knows. */
  static Service unmade() {
    int number = SERVICES.incrementAndGet();
    return new Service("sub-of-" + number, "group-of-" + number, "service-" + number);
  }

  /** The body of a request for a group. */
  static String group(String displayName) {
    return """
        {"properties": {"displayName": "%s"}}
        """
        .formatted(displayName);
  }

  /** The body of a request for a service of the Developer tier. */
  static String service() {
    return """
        {"location": "West US", "sku": {"name": "Developer", "capacity": 1},
         "properties": {"publisherEmail": "owner@example.com", "publisherName": "Contoso"}}
        """;
  }

  /** A service of a new subscription, made by a PUT. */
  Service newSubscription() {
    Service service = unmade();
    assertStatus(put(service.path(), service()), 201);
    return service;
  }

  /** A new custom group of a service that is named like its id. */
  void addGroup(Service service, String id) {
    assertStatus(put(service.group(id), group(id)), 201);
  }

  /** A new membership. */
  void addMember(Service service, String groupId, String userId) {
    assertStatus(call("PUT", service.member(groupId, userId)).send(), 201);
  }

  private static void assertStatus(Answer answer, int status) {
    if (answer.status() != status) {
      throw new AssertionError(answer.status() + ": " + answer.text());
    }
  }
}
