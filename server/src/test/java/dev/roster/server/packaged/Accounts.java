package dev.roster.server.packaged;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Calls about the accounts on one node of a server, the sample world's unless said otherwise. */
final class Accounts {

  static final String SAMPLE_POOL = "poolId";
  static final String SAMPLE_NODE = "tvm-1695681911_1-20161121t182739z";

  private static final String API_VERSION = "?api-version=2023-11-01.18.0";
  private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern NODE_ID = Pattern.compile("\"id\"\\s*:\\s*\"(tvmps_\\w+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http;
  private final URI endpoint;
  private final String pool;
  private final String node;

  private Accounts(URI endpoint, String pool, String node) {
    this(HttpClient.newBuilder(), endpoint, pool, node);
  }

  private Accounts(HttpClient.Builder http, URI endpoint, String pool, String node) {
    this.http = http.version(HttpClient.Version.HTTP_1_1).build();
    this.endpoint = endpoint;
    this.pool = pool;
    this.node = node;
  }

  static Accounts ofSampleNode(URI endpoint) {
    return new Accounts(endpoint, SAMPLE_POOL, SAMPLE_NODE);
  }

  /** The same over https. */
  static Accounts ofSampleNode(URI endpoint, SSLContext trust) {
    return new Accounts(
        HttpClient.newBuilder().sslContext(trust), endpoint, SAMPLE_POOL, SAMPLE_NODE);
  }

  /** Makes a Linux pool with one node. */
  static Accounts ofNewPool(URI endpoint, String pool) throws IOException {
    Accounts accounts = new Accounts(endpoint, pool, "");
    accounts.expect(
        "201",
        accounts.send(
            "POST",
            "/pools",
            """
            {"id": "%s", "vmSize": "standard_d2s_v3", "targetDedicatedNodes": 1,
             "virtualMachineConfiguration": {
               "imageReference": {"publisher": "canonical", "offer": "ubuntu", "sku": "server"},
               "nodeAgentSKUId": "batch.node.ubuntu 24.04"}}
            """
                .formatted(pool)));
    return ofOnlyNode(endpoint, pool);
  }

  /** Finds the one node of a pool. */
  static Accounts ofOnlyNode(URI endpoint, String pool) throws IOException {
    Accounts accounts = new Accounts(endpoint, pool, "");
    Matcher id = NODE_ID.matcher(accounts.send("GET", "/pools/" + pool + "/nodes", null).body());
    if (!id.find()) {
      throw new AssertionError("The pool " + pool + " has no node");
    }
    return new Accounts(endpoint, pool, id.group(1));
  }

  /** Answers such as {@code 201} or {@code 409 NodeUserExists}. */
  String add(String name) throws IOException {
    return outcome(send("POST", users(), "{\"name\":\"" + name + "\"}"));
  }

  /** Answers such as {@code 200} or {@code 404 NodeUserNotFound}. */
  String update(String name) throws IOException {
    return outcome(send("PUT", user(name), "{\"sshPublicKey\":\"ssh-rsa AAAA\"}"));
  }

  /** Answers such as {@code 200} or {@code 404 NodeUserNotFound}. */
  String delete(String name) throws IOException {
    return outcome(send("DELETE", user(name), null));
  }

  /** Answers such as {@code 200} or {@code 404 PoolNotFound}. */
  String getPool() throws IOException {
    return outcome(send("GET", "/pools/" + pool, null));
  }

  /** Answers such as {@code 202}. */
  String deletePool() throws IOException {
    return outcome(send("DELETE", "/pools/" + pool, null));
  }

  private String users() {
    return "/pools/" + pool + "/nodes/" + node + "/users";
  }

  private String user(String name) {
    return users() + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(String method, String path, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path + API_VERSION))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer any-token")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void expect(String outcome, HttpResponse<String> response) {
    if (!outcome(response).equals(outcome)) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  private static String outcome(HttpResponse<String> response) {
    Matcher code = CODE.matcher(response.body());
    boolean refused = response.statusCode() >= 400 && code.find();
    return response.statusCode() + (refused ? " " + code.group(1) : "");
  }
}
