package dev.roster.check.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.Setting;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.check.replay.Request;
import dev.roster.check.replay.Target;
import dev.roster.client.batch.SharedKeySigner;
import dev.roster.testing.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A Batch account with a pool, and users and empty pools of the test's own. */
public final class BatchService extends ReplayFixture {

  static final String VERSION = "api-version=2023-11-01.18.0";

  /** As HTTP writes dates; java.time leaves the leading zero of the day out. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  /** Ids of nodes by their pools, which do not change while tests run. */
  private static final Map<String, String> NODES = new LinkedHashMap<>();

  /** A node that has users. */
  record Node(String poolId, String id) {

    String pool() {
      return "/pools/" + encoded(poolId);
    }

    String path() {
      return pool() + "/nodes/" + encoded(id);
    }

    String users() {
      return path() + "/users";
    }

    String user(String name) {
      return users() + "/" + encoded(name);
    }
  }

  /** Asks for the pools. */
  public static Answer firstAnswer(Target target) {
    return authorized(target, target.request("GET", "/pools?maxresults=1&" + VERSION))
        .sendUnchecked();
  }

  /** A part of a path, encoded. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A time as headers have it. */
  static String httpDate(Instant time) {
    return HTTP_DATE.format(time);
  }

  /** A path with the api-version. */
  static String versioned(String pathAndQuery) {
    return pathAndQuery + (pathAndQuery.contains("?") ? "&" : "?") + VERSION;
  }

  /** A request with credentials and api-version. */
  Request request(String method, String pathAndQuery) {
    return requestAsIs(method, versioned(pathAndQuery));
  }

  /** A request with credentials, to a target that has its api-version. */
  Request requestAsIs(String method, String pathAndQuery) {
    return authorized(target(), anonymous(method, pathAndQuery));
  }

  /** A request with credentials and another api-version. */
  Request requestOf(String version, String method, String pathAndQuery) {
    return authorized(target(), anonymous(method, pathAndQuery + "&api-version=" + version));
  }

  /** A request with a bearer token; the test is skipped if the caller has none. */
  Request byBearer(String method, String pathAndQuery) {
    Optional<String> token = bearer(target());
    assumeTrue(token.isPresent(), "needs " + Setting.BATCH_BEARER.variable());
    return anonymous(method, versioned(pathAndQuery))
        .header("Authorization", "Bearer " + token.get());
  }

  /** A request signed with the account's key; the test is skipped if the caller has none. */
  Request bySharedKey(String method, String pathAndQuery) {
    return bySharedKey(method, versioned(pathAndQuery), Function.identity());
  }

  /**
   * A signed request.
   *
   * @param signed what is signed, made of what is sent
   */
  Request bySharedKey(String method, String target, Function<Signed, Signed> signed) {
    return anonymous(method, target)
        .header("ocp-date", httpDate(now()))
        .signedBy(
            (request, headers) -> {
              Signed sent =
                  signed.apply(
                      new Signed(
                          account(),
                          target().required(Setting.BATCH_KEY),
                          request.uri().toString(),
                          request.bodyLength() == 0
                              ? Optional.empty()
                              : Optional.of(Integer.toString(request.bodyLength()))));
              headers.put("Authorization", sent.authorization(request));
            });
  }

  /**
   * What a signature is made of.
   *
   * @param contentLength if it is signed
   */
  record Signed(String account, String key, String uri, Optional<String> contentLength) {

    Signed withAccount(String name) {
      return new Signed(name, key, uri, contentLength);
    }

    Signed withKey(String base64) {
      return new Signed(account, base64, uri, contentLength);
    }

    Signed withContentLength(String length) {
      return new Signed(account, key, uri, Optional.of(length));
    }

    private String authorization(Request request) {
      Map<String, String> headers = new LinkedHashMap<>(request.headers());
      contentLength.ifPresent(length -> headers.put("Content-Length", length));
      return new SharedKeySigner(account, key)
          .authorization(request.method(), java.net.URI.create(uri), headers);
    }
  }

  /** Name of the account that signs; the test is skipped if the caller has no key. */
  String account() {
    assumeTrue(hasSharedKey(target()), "needs " + Setting.BATCH_KEY.variable());
    return target().required(Setting.BATCH_ACCOUNT);
  }

  private static Request authorized(Target target, Request request) {
    Optional<String> token = bearer(target);
    if (token.isPresent()) {
      return request.header("Authorization", "Bearer " + token.get());
    }
    return request
        .header("ocp-date", httpDate(now()))
        .signedBy(
            (sent, headers) -> {
              Map<String, String> signed = new LinkedHashMap<>(headers);
              if (sent.bodyLength() > 0) {
                signed.put("Content-Length", Integer.toString(sent.bodyLength()));
              }
              headers.put(
                  "Authorization",
                  new SharedKeySigner(
                          target.required(Setting.BATCH_ACCOUNT),
                          target.required(Setting.BATCH_KEY))
                      .authorization(sent.method(), sent.uri(), signed));
            });
  }

  private static boolean isAnyCredentialSet(Target target) {
    return target.isAnySet(Setting.BATCH_BEARER, Setting.BATCH_ACCOUNT, Setting.BATCH_KEY);
  }

  private static Optional<String> bearer(Target target) {
    return isAnyCredentialSet(target) && !target.isAnySet(Setting.BATCH_BEARER)
        ? Optional.empty()
        : target.setting(Setting.BATCH_BEARER);
  }

  private static boolean hasSharedKey(Target target) {
    return !isAnyCredentialSet(target) || target.isAnySet(Setting.BATCH_KEY);
  }

  /** The Linux node whose users tests may change. */
  Node node() {
    String pool = target().required(Setting.BATCH_POOL);
    return new Node(pool, target().setting(Setting.BATCH_NODE).orElseGet(() -> idleNode(pool)));
  }

  /** A Windows node; the test is skipped if the caller named no pool. */
  Node windowsNode() {
    Optional<String> pool = target().setting(Setting.BATCH_WINDOWS_POOL);
    assumeTrue(pool.isPresent(), "needs " + Setting.BATCH_WINDOWS_POOL.variable());
    return new Node(pool.get(), idleNode(pool.get()));
  }

  private String idleNode(String pool) {
    synchronized (NODES) {
      return NODES.computeIfAbsent(
          pool,
          id -> {
            Answer answer = request("GET", "/pools/" + encoded(id) + "/nodes").send();
            assertThat(answer.status()).as("status of the list of nodes").isEqualTo(200);
            for (JsonNode node : answer.json().path("value")) {
              if (node.path("state").asText().matches("idle|running")) {
                return node.path("id").asText();
              }
            }
            throw new AssertionError("the pool " + id + " has no idle or running node");
          });
    }
  }

  /** Adds a user and has it removed; its name, with a random part, is no secret. */
  String newUser(Node node) {
    String name = newName();
    assertThat(addUser(node, name, "").status()).as("status of the new user").isEqualTo(201);
    return name;
  }

  /**
   * Adds a user that is removed after the test.
   *
   * @param members what follows the name, such as {@code , "isAdmin": true}
   */
  Answer addUser(Node node, String name, String members) {
    return request("POST", node.users())
        .header("Content-Type", "application/json; odata=minimalmetadata")
        .body("{\"name\": \"%s\"%s}".formatted(name, members))
        .whenCreated(answer -> removeAfterwards(() -> request("DELETE", node.user(name))))
        .send();
  }

  /** A change of a user. */
  Request update(Node node, String name, String body) {
    return request("PUT", node.user(name))
        .header("Content-Type", "application/json; odata=minimalmetadata")
        .body(body);
  }

  /** The definition of a pool without nodes, which costs nothing. */
  static String emptyPool(String id) {
    return """
        {"id": "%s", "vmSize": "STANDARD_D2S_V3",
         "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.ubuntu 22.04",
           "imageReference": {"publisher": "canonical",
             "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts"}}}
        """
        .formatted(id);
  }

  /** Adds a pool without nodes and has it removed. */
  Answer addPool(String id) {
    return request("POST", "/pools")
        .header("Content-Type", "application/json; odata=minimalmetadata")
        .body(emptyPool(id))
        .whenCreated(answer -> removeAfterwards(() -> request("DELETE", "/pools/" + encoded(id))))
        .send();
  }

  /** The path of a new pool without nodes. */
  String newPool() {
    String id = newName();
    assertThat(addPool(id).status()).as("status of the new pool").isEqualTo(201);
    return "/pools/" + id;
  }

  /**
   * Checks that an answer is this error, in the form that all errors have.
   *
   * @return its details
   */
  static Map<String, String> assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).as("status").isEqualTo(status);
    JsonNode body = answer.json();
    assertThat(body.path("code").asText()).as("code").isEqualTo(code);
    Map<String, String> details = new LinkedHashMap<>();
    body.path("values")
        .forEach(detail -> details.put(detail.path("key").asText(), detail.path("value").asText()));
    return details;
  }

  /** Checks that an answer has an id of its own. */
  static void assertRequestId(Answer answer) {
    assertThat(answer.header("request-id").orElse("none")).as("request-id").matches(UUID);
  }
}
