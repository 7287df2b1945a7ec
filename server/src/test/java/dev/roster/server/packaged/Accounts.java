package dev.roster.server.packaged;

import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** Calls about the accounts on one node of a server, the sample world's unless said otherwise. */
final class Accounts {

  static final String SAMPLE_POOL = "poolId";
  static final String SAMPLE_NODE = "tvm-1695681911_1-20161121t182739z";

  private static final String API_VERSION = "?api-version=2023-11-01.18.0";

  private final SSLContext trust;
  private final URI endpoint;
  private final String pool;
  private final String node;

  /**
   * Keeps what to call.
   *
   * @param trust null over http
   */
  private Accounts(SSLContext trust, URI endpoint, String pool, String node) {
    this.trust = trust;
    this.endpoint = endpoint;
    this.pool = pool;
    this.node = node;
  }

  static Accounts ofSampleNode(URI endpoint) {
    return ofSampleNode(endpoint, null);
  }

  /** The same over https. */
  static Accounts ofSampleNode(URI endpoint, SSLContext trust) {
    return new Accounts(trust, endpoint, SAMPLE_POOL, SAMPLE_NODE);
  }

  /** Makes a Linux pool with one node. */
  static Accounts ofNewPool(URI endpoint, String pool) throws IOException {
    Accounts accounts = new Accounts(null, endpoint, pool, "");
    expect(
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
    Accounts accounts = new Accounts(null, endpoint, pool, "");
    Answer nodes = accounts.send("GET", "/pools/" + pool + "/nodes", null);
    expect("200", nodes);
    return new Accounts(null, endpoint, pool, nodes.json().at("/value/0/id").textValue());
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

  private Answer send(String method, String path, String body) throws IOException {
    Call call =
        Call.of(Contract.AZURE_BATCH, endpoint.toString(), method, path + API_VERSION)
            .header("Authorization", "Bearer any-token");
    if (trust != null) {
      call.trusting(trust, Version.HTTP_1_1);
    }
    if (body != null) {
      call.header("Content-Type", "application/json").body(body);
    }
    return call.attempt();
  }

  private static void expect(String outcome, Answer answer) {
    if (!outcome(answer).equals(outcome)) {
      throw new AssertionError(answer.status() + " " + answer.text());
    }
  }

  private static String outcome(Answer answer) {
    boolean refused = answer.status() >= 400;
    return answer.status() + (refused ? " " + answer.json().get("code").textValue() : "");
  }
}
