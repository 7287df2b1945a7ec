package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.batch.model.CloudPool;
import dev.roster.client.batch.model.ComputeNode;
import dev.roster.client.batch.model.ComputeNodeUser;
import dev.roster.client.batch.model.NodeDisableSchedulingParameter;
import dev.roster.client.batch.model.NodeDisableSchedulingParameter.NodeDisableSchedulingOptionEnum;
import dev.roster.client.batch.model.NodeRebootParameter;
import dev.roster.client.batch.model.NodeRebootParameter.NodeRebootOptionEnum;
import dev.roster.client.batch.model.NodeReimageParameter;
import dev.roster.client.batch.model.NodeReimageParameter.NodeReimageOptionEnum;
import dev.roster.client.batch.model.NodeUpdateUserParameter;
import dev.roster.client.batch.model.PoolAddParameter;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.RequestsOfEveryClient;
import dev.roster.client.http.TokensOfBearerClients;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchClientRequestTest extends BatchClientTest
    implements RequestsOfEveryClient, TokensOfBearerClients {

  private static final String VERSION = BatchUnderTest.VERSION;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-01T08:05:09.7Z"), ZoneOffset.UTC);

  private final BatchClient client = signing().build();

  private BatchClientBuilder signing() {
    return api.signing().clock(CLOCK);
  }

  @Override
  public List<NamedCall> callsWithNames() {
    return List.of(
        new NamedCall(
            "DELETE /pools/NAME/nodes/NAME/users/NAME" + VERSION,
            name -> client.deleteUser(name, name, name)),
        new NamedCall(
            "DELETE /pools/p/nodes/n/users/NAME" + VERSION,
            name -> client.deleteUser("p", "n", name)),
        new NamedCall(
            "GET /pools/NAME/nodes/NAME/rdp" + VERSION,
            name -> client.getRemoteDesktop(name, name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "\uD83D"})
  void namesThatNoUrlCanCarryAreRefusedBeforeAListIsRead(String name) {
    assertThatThrownBy(() -> client.listAllNodes(name))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("A URL cannot carry the id or name '" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a+b",
        "a/b",
        "a%2Fb",
        "é",
        "\uD83D\uDE00",
        "a?b#c",
        "{poolId}",
        "a;b=c&d:@"
      })
  void namesAreSignedAsTheyAreEscaped(String name) {
    client.deleteUser(name, name, name);
    client.getRemoteDesktop(name, name);

    assertThat(service.all())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.header("Authorization"))
                    .isEqualTo(SignedRequests.expectedAuthorization(request)));
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        operation(
            "POST /pools/p/nodes/n/users" + VERSION,
            "{\"name\":\"u\"}",
            c -> c.addUser("p", "n", new ComputeNodeUser().name("u"))),
        operation(
            "PUT /pools/p/nodes/n/users/u" + VERSION,
            "{}",
            c -> c.updateUser("p", "n", "u", new NodeUpdateUserParameter())),
        operation(
            "DELETE /pools/p/nodes/n/users/u" + VERSION, "", c -> c.deleteUser("p", "n", "u")),
        operation("GET /pools/p/nodes" + VERSION, "", c -> c.listNodes("p")),
        operation("GET /pools/p/nodes/n" + VERSION, "", c -> c.getNode("p", "n")),
        operation(
            "GET /pools/p/nodes/n/remoteloginsettings" + VERSION,
            "",
            c -> c.getRemoteLoginSettings("p", "n")),
        operation("GET /pools/p/nodes/n/rdp" + VERSION, "", c -> c.getRemoteDesktop("p", "n")),
        operation("POST /pools/p/nodes/n/reboot" + VERSION, "{}", c -> c.rebootNode("p", "n")),
        operation(
            "POST /pools/p/nodes/n/reboot" + VERSION,
            "{\"nodeRebootOption\":\"taskcompletion\"}",
            c ->
                c.rebootNode(
                    "p",
                    "n",
                    new NodeRebootParameter()
                        .nodeRebootOption(NodeRebootOptionEnum.TASKCOMPLETION))),
        operation("POST /pools/p/nodes/n/reimage" + VERSION, "{}", c -> c.reimageNode("p", "n")),
        operation(
            "POST /pools/p/nodes/n/reimage" + VERSION,
            "{\"nodeReimageOption\":\"terminate\"}",
            c ->
                c.reimageNode(
                    "p",
                    "n",
                    new NodeReimageParameter().nodeReimageOption(NodeReimageOptionEnum.TERMINATE))),
        operation(
            "POST /pools/p/nodes/n/disablescheduling" + VERSION,
            "{}",
            c -> c.disableScheduling("p", "n")),
        operation(
            "POST /pools/p/nodes/n/disablescheduling" + VERSION,
            "{\"nodeDisableSchedulingOption\":\"requeue\"}",
            c ->
                c.disableScheduling(
                    "p",
                    "n",
                    new NodeDisableSchedulingParameter()
                        .nodeDisableSchedulingOption(NodeDisableSchedulingOptionEnum.REQUEUE))),
        operation(
            "POST /pools/p/nodes/n/enablescheduling" + VERSION,
            "",
            c -> c.enableScheduling("p", "n")),
        operation(
            "POST /pools" + VERSION,
            "{\"id\":\"p\",\"vmSize\":\"standard_a1\"}",
            c -> c.addPool(new PoolAddParameter().id("p").vmSize("standard_a1"))),
        operation("GET /pools" + VERSION, "", BatchClient::listPools),
        operation("GET /pools/p" + VERSION, "", c -> c.getPool("p")),
        operation("HEAD /pools/p" + VERSION, "", c -> c.poolExists("p")),
        operation("DELETE /pools/p" + VERSION, "", c -> c.deletePool("p")));
  }

  private static Arguments operation(String line, String body, Consumer<BatchClient> call) {
    return Arguments.of(line, body, call);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("operations")
  void everyOperationIsOneSignedRequest(String line, String body, Consumer<BatchClient> call) {
    call.accept(client);

    assertOneRequest(line, body, "application/json; odata=minimalmetadata");
    Received request = service.last();
    assertThat(request.header("ocp-date")).isEqualTo("Sun, 01 Nov 2026 08:05:09 GMT");
    assertThat(request.header("return-client-request-id")).isEqualTo("true");
    assertThat(UUID.fromString(request.header("client-request-id")))
        .hasToString(request.header("client-request-id"));
    assertThat(request.header("Authorization"))
        .isEqualTo(SignedRequests.expectedAuthorization(request));
  }

  @Test
  void listOptionsBecomeQueryParameters() {
    ListOptions options =
        ListOptions.none().filter("state eq 'a+b&c'").select("id,state").maxResults(7);

    client.listNodes("p", options);
    client.listPools(options);

    assertThat(service.all())
        .extracting(request -> request.uri().split("\\?", 2)[0])
        .containsExactly("/pools/p/nodes", "/pools");
    assertThat(service.all())
        .allSatisfy(
            request -> {
              assertThat(request.uri().split("\\?", 2)[1].split("&"))
                  .containsExactlyInAnyOrder(
                      "api-version=2023-11-01.18.0",
                      "%24filter=state%20eq%20%27a%2Bb%26c%27",
                      "%24select=id%2Cstate",
                      "maxresults=7");
              assertThat(request.header("Authorization"))
                  .isEqualTo(SignedRequests.expectedAuthorization(request));
            });
  }

  @Test
  void selectedPropertiesAreAskedFor() {
    client.getNode("p", "n", "id,state");
    client.getPool("p", "id", PoolConditions.none());

    assertThat(service.all())
        .extracting(Received::uri)
        .allSatisfy(uri -> assertThat(uri).contains("%24select=id"));
  }

  @Test
  void conditionsBecomeSignedHeaders() {
    PoolConditions conditions =
        PoolConditions.none()
            .ifMatch("0x8D1")
            .ifNoneMatch("\"0x8D2\"")
            .ifModifiedSince(Instant.parse("2026-01-02T03:04:05.999Z"))
            .ifUnmodifiedSince(Instant.parse("2026-12-31T23:59:59Z"));

    client.getPool("p", conditions);
    client.poolExists("p", conditions);
    client.deletePool("p", conditions);

    assertThat(service.all()).extracting(Received::method).containsExactly("GET", "HEAD", "DELETE");
    assertThat(service.all())
        .allSatisfy(
            request -> {
              assertThat(request.header("If-Match")).isEqualTo("0x8D1");
              assertThat(request.header("If-None-Match")).isEqualTo("\"0x8D2\"");
              assertThat(request.header("If-Modified-Since"))
                  .isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
              assertThat(request.header("If-Unmodified-Since"))
                  .isEqualTo("Thu, 31 Dec 2026 23:59:59 GMT");
              assertThat(request.header("Authorization"))
                  .isEqualTo(SignedRequests.expectedAuthorization(request));
            });
  }

  @Test
  void basePathVersionAndServerTimeoutAreSent() {
    BatchClient other =
        signing()
            .endpoint(service.endpoint() + "/devbatch/")
            .apiVersion("2024-07-01.20.0")
            .serverTimeout(Duration.ofMillis(4_001))
            .build();

    other.getPool("p");
    other.getRemoteDesktop("p", "n");

    assertThat(service.all())
        .extracting(Received::line)
        .containsExactly(
            "GET /devbatch/pools/p?api-version=2024-07-01.20.0&timeout=5",
            "GET /devbatch/pools/p/nodes/n/rdp?api-version=2024-07-01.20.0&timeout=5");
    assertThat(service.last().header("Authorization"))
        .isEqualTo(SignedRequests.expectedAuthorization(service.last()));
  }

  @Test
  void userIsSentWithoutWhatIsUnset() {
    client.addUser(
        "p",
        "n",
        new ComputeNodeUser()
            .name("ünï")
            .isAdmin(false)
            .expiryTime(OffsetDateTime.parse("2016-11-27T00:45:48.7320857Z"))
            .password("12345"));
    assertThat(service.last().body())
        .isEqualTo(
            "{\"name\":\"ünï\",\"isAdmin\":false,\"expiryTime\":\"2016-11-27T00:45:48.7320857Z\","
                + "\"password\":\"12345\"}");

    client.updateUser("p", "n", "u", new NodeUpdateUserParameter().sshPublicKey("base64=="));
    assertThat(service.last().body()).isEqualTo("{\"sshPublicKey\":\"base64==\"}");
  }

  @Test
  void membersThatThePoolModelLacksAreSentAndRead() {
    PoolAddParameter pool = new PoolAddParameter().id("p").vmSize("standard_a1");
    pool.putAdditionalProperty("networkConfiguration", Map.of("subnetId", "s"));
    client.addPool(pool);
    assertThat(service.last().body())
        .isEqualTo(
            "{\"id\":\"p\",\"vmSize\":\"standard_a1\",\"networkConfiguration\":{\"subnetId\":\"s\"}}");

    service.answer(
        Answer.json(200, "{\"id\":\"p\",\"networkConfiguration\":{\"subnetId\":\"s\"}}"));
    CloudPool read = client.getPool("p").value();
    assertThat(read.getAdditionalProperty("networkConfiguration"))
        .isEqualTo(Map.of("subnetId", "s"));
  }

  @Test
  void answerHeadersAreRead() {
    service.answer(
        Answer.json(200, "{\"id\":\"p\",\"eTag\":\"0x8D1\"}")
            .with("request-id", "5289d960-216e-4097-a870-3ee2e52592c5")
            .with("client-request-id", "9c4d50ee-2d56-4cd3-8152-34347dc9f2b0")
            .with("ETag", "0x8D1")
            .with("Last-Modified", "Mon, 21 Nov 2016 18:27:39 GMT")
            .with("DataServiceId", "http://localhost/pools/p")
            .with("Location", "http://localhost/pools/q"));

    BatchResponse<CloudPool> answer = client.getPool("p");

    assertThat(answer.value().getId()).isEqualTo("p");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.requestId()).isEqualTo("5289d960-216e-4097-a870-3ee2e52592c5");
    assertThat(answer.clientRequestId()).isEqualTo("9c4d50ee-2d56-4cd3-8152-34347dc9f2b0");
    assertThat(answer.eTag()).isEqualTo("0x8D1");
    assertThat(answer.lastModified()).isEqualTo(Instant.parse("2016-11-21T18:27:39Z"));
    assertThat(answer.dataServiceId()).isEqualTo("http://localhost/pools/p");
    assertThat(answer.location()).isEqualTo("http://localhost/pools/q");
  }

  @Test
  void missingAnswerHeadersAreNullAndTheSentIdStays() {
    service.answer(Answer.status(201).with("Last-Modified", "yesterday"));

    BatchResponse<Void> answer = client.addUser("p", "n", new ComputeNodeUser().name("u"));

    assertThat(answer)
        .isEqualTo(
            new BatchResponse<Void>(
                null,
                201,
                null,
                service.last().header("client-request-id"),
                null,
                null,
                null,
                null));
  }

  @Test
  void unknownMembersAndStatesDoNotBreakReading() {
    service.answer(
        Answer.json(
            200,
            "{\"odata.metadata\":\"m\",\"id\":\"nöde\",\"state\":\"upgradingos\",\"new\":[1],"
                + "\"lastBootTime\":\"2016-11-21T18:27:39.5417732Z\",\"schedulingState\":null}"));

    ComputeNode node = client.getNode("p", "n").value();

    assertThat(node.getId()).isEqualTo("nöde");
    assertThat(node.getState()).isEqualTo(ComputeNode.StateEnum.UNKNOWN_DEFAULT_OPEN_API);
    assertThat(node.getSchedulingState()).isNull();
    assertThat(node.getLastBootTime())
        .isEqualTo(OffsetDateTime.parse("2016-11-21T18:27:39.5417732Z"));
  }

  @Test
  void remoteDesktopFileIsReadAsBytes() {
    String file = "full address:s:10.0.0.4\r\nLoadBalanceInfo:s:Cookie: mstshash=TVM#TVM_IN_0";
    service.answer(
        Answer.status(200)
            .with("Content-Type", "application/octet-stream")
            .with("Content-Disposition", "attachment; filename=../../../tmp/evil.rdp")
            .body(file));

    BatchResponse<byte[]> answer = client.getRemoteDesktop("p", "n");

    assertThat(answer.value()).asString(StandardCharsets.UTF_8).isEqualTo(file);
    assertThat(service.last().header("Accept"))
        .isEqualTo("application/octet-stream, application/json");
  }

  @Test
  void existenceIsTheStatusOfHead() {
    service.answer(Answer.status(200).with("ETag", "0x8D1"));
    assertThat(client.poolExists("p"))
        .returns(true, BatchResponse::value)
        .returns(200, BatchResponse::status)
        .returns("0x8D1", BatchResponse::eTag);

    service.answer(Answer.status(404).with("request-id", "r"));
    assertThat(client.poolExists("p"))
        .returns(false, BatchResponse::value)
        .returns(404, BatchResponse::status)
        .returns("r", BatchResponse::requestId);

    service.answer(Answer.status(304));
    assertThat(client.poolExists("p", PoolConditions.none().ifNoneMatch("0x8D1")).value()).isTrue();

    service.answer(Answer.status(412));
    assertThatThrownBy(() -> client.poolExists("p", PoolConditions.none().ifMatch("0x8D2")))
        .isInstanceOfSatisfying(BatchException.class, e -> assertThat(e.status()).isEqualTo(412));
  }

  @Test
  void unchangedPoolIsAnAnswerWithoutValue() {
    service.answer(Answer.status(304).with("ETag", "0x8D1"));

    assertThat(client.getPool("p", PoolConditions.none().ifNoneMatch("0x8D1")))
        .returns(null, BatchResponse::value)
        .returns(304, BatchResponse::status)
        .returns("0x8D1", BatchResponse::eTag);
  }
}
