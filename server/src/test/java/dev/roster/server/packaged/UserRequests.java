package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A read and a write of each API on the sample world. */
final class UserRequests {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final String BATCH_VERSION = "api-version=2023-11-01.18.0";
  private static final String BATCH_NODE =
      "/pools/" + Accounts.SAMPLE_POOL + "/nodes/" + Accounts.SAMPLE_NODE;
  private static final String APIM_USER =
      "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/"
          + "apimService1/users/5931a75ae4bbd512a88c680b?api-version=2022-08-01";
  private static final String NIMBLE_USER = "/v1/users/1000000000000004d3000000000000000000000003";
  private static final String PACK_USER = "/users/aaa@bbb.com";

  private final String origin;
  private final String session;

  /**
   * A request that was answered.
   *
   * @param limit the time that it may take
   * @param timedOut how its API answers when the time is over, such as {@code 503 ServerBusy}
   * @param busy how its API answers when it cannot serve
   */
  record Timed(
      String name,
      boolean writes,
      Duration limit,
      String timedOut,
      String busy,
      Answer answer,
      Duration took) {

    String outcome() {
      return UserRequests.outcome(answer);
    }

    @Override
    public String toString() {
      return name + ": " + answer.status() + " " + answer.text() + " after " + took;
    }
  }

  private record Request(
      String name,
      boolean writes,
      Duration limit,
      String timedOut,
      String busy,
      Supplier<Call> call) {

    Timed send() {
      Call built = call.get();
      long start = System.nanoTime();
      Answer answer = built.send();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Timed(name, writes, limit, timedOut, busy, answer, took);
    }
  }

  private UserRequests(String origin, String session) {
    this.origin = origin;
    this.session = session;
  }

  static UserRequests ofSampleWorld(String origin) {
    Answer session =
        Call.of(Contract.NIMBLE, origin, "POST", "/v1/tokens")
            .json("{\"data\": {\"username\": \"admin\", \"password\": \"admin\"}}")
            .send();
    return new UserRequests(origin, session.json().at("/data/session_token").textValue());
  }

  /** Sends all at once and waits for the answers. */
  List<Timed> sendAll() {
    List<Request> requests = requests();
    ExecutorService threads = Executors.newFixedThreadPool(requests.size());
    try {
      List<CompletableFuture<Timed>> sent =
          requests.stream()
              .map(request -> CompletableFuture.supplyAsync(request::send, threads))
              .toList();
      return sent.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  void assertAllSucceed() {
    assertThat(sendAll()).allMatch(timed -> timed.answer().status() < 300);
  }

  Call batchRead(String query) {
    return Call.of(Contract.AZURE_BATCH, origin, "GET", BATCH_NODE + query + "&" + BATCH_VERSION)
        .header("Authorization", "Bearer any");
  }

  /** Such as {@code 200} or {@code 503 ServerBusy}. */
  static String outcome(Answer answer) {
    if (answer.status() < 400) {
      return Integer.toString(answer.status());
    }
    return answer.status()
        + List.of("/code", "/error/code", "/messages/1/code", "/Code").stream()
            .map(pointer -> answer.json().at(pointer))
            .filter(code -> code.isTextual())
            .map(code -> " " + code.textValue())
            .findFirst()
            .orElse("");
  }

  private List<Request> requests() {
    String timedOut = "500 OperationTimedOut";
    String batchBusy = "503 ServerBusy";
    String apimBusy = "503 ServiceUnavailable";
    String nimbleBusy = "503 SM_ebusy";
    String packBusy = "503 ServerBusy";
    return List.of(
        new Request("batch read", false, SHORT, timedOut, batchBusy, () -> batchRead("?timeout=5")),
        new Request("batch write", true, SHORT, timedOut, batchBusy, this::batchWrite),
        new Request("apim read", false, LONGEST, apimBusy, apimBusy, () -> apim("GET")),
        new Request(
            "apim write",
            true,
            LONGEST,
            apimBusy,
            apimBusy,
            () -> apim("PATCH").header("If-Match", "*").json("{\"properties\":{\"note\":\"n\"}}")),
        new Request("nimble read", false, LONGEST, nimbleBusy, nimbleBusy, () -> nimble("GET")),
        new Request(
            "nimble write",
            true,
            LONGEST,
            nimbleBusy,
            nimbleBusy,
            () -> nimble("PUT").json("{\"data\":{\"description\":\"d\"}}")),
        new Request("pack read", false, LONGEST, packBusy, packBusy, () -> pack("GET")),
        new Request(
            "pack write",
            true,
            LONGEST,
            packBusy,
            packBusy,
            () ->
                pack("PUT")
                    .header("Content-Type", "application/json")
                    .body("{\"Name\":\"aaa@bbb.com\",\"Email\":\"aaa@bbb.com\",\"State\":1}")));
  }

  private Call batchWrite() {
    return Call.of(
            Contract.AZURE_BATCH,
            origin,
            "PUT",
            BATCH_NODE + "/users/userName?timeout=5&" + BATCH_VERSION)
        .header("Authorization", "Bearer any")
        .json("{\"sshPublicKey\":\"ssh-rsa AAAA\"}");
  }

  private Call apim(String method) {
    return Call.of(Contract.AZURE_API_MANAGEMENT, origin, method, APIM_USER)
        .header("Authorization", "Bearer any");
  }

  private Call nimble(String method) {
    return Call.of(Contract.NIMBLE, origin, method, NIMBLE_USER).header("X-Auth-Token", session);
  }

  private Call pack(String method) {
    return Call.of(Contract.AZURE_PACK, origin, method, PACK_USER)
        .header("Authorization", "Bearer any");
  }
}
