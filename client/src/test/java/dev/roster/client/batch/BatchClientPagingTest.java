package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.batch.model.CloudPool;
import dev.roster.client.batch.model.ComputeNode;
import dev.roster.client.batch.model.ComputeNodeListResult;
import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchClientPagingTest {

  private static final String SECOND =
      "/pools/p/nodes?api-version=2023-11-01.18.0&$skiptoken=a%2Fb%3D%3D+c&%24filter=x%20y&Z=1";

  private final FakeService service = new FakeService();
  private final BatchClient client =
      BatchClient.builder()
          .endpoint(service.endpoint())
          .sharedKey(SharedKeySignerTest.ACCOUNT, SharedKeySignerTest.KEY)
          .build();

  @AfterEach
  void stop() {
    service.close();
  }

  private void answerThreePages() {
    service.answer(
        request -> {
          if (!request.uri().contains("skiptoken")) {
            return page("{\"id\":\"n1\"},{\"id\":\"n2\"}", SECOND);
          }
          return request.uri().equals(SECOND)
              ? page("", "/pools/p/nodes?$skiptoken=3")
              : Answer.json(200, "{\"value\":[{\"id\":\"n3\"}]}");
        });
  }

  private Answer page(String entries, String next) {
    return Answer.json(
        200,
        "{\"value\":[%s],\"odata.nextLink\":\"%s\"}".formatted(entries, service.endpoint() + next));
  }

  @Test
  void allPagesAreReadThroughTheirLinks() {
    answerThreePages();

    assertThat(FakeService.listOf(client.listAllNodes("p")))
        .extracting(ComputeNode::getId)
        .containsExactly("n1", "n2", "n3");
    assertThat(service.all())
        .extracting(Received::uri)
        .containsExactly(
            "/pools/p/nodes?api-version=2023-11-01.18.0", SECOND, "/pools/p/nodes?$skiptoken=3");
    assertThat(service.all())
        .allSatisfy(
            request -> {
              assertThat(request.header("return-client-request-id")).isEqualTo("true");
              assertThat(request.header("Authorization"))
                  .isEqualTo(SignedRequests.expectedAuthorization(request));
            });
    assertThat(service.all())
        .extracting(request -> request.header("client-request-id"))
        .doesNotHaveDuplicates();
  }

  @Test
  void pagesAreReadWhenNeeded() {
    answerThreePages();

    Iterable<ComputeNode> nodes = client.listAllNodes("p");
    assertThat(service.all()).isEmpty();
    Iterator<ComputeNode> iterator = nodes.iterator();
    assertThat(iterator.next().getId()).isEqualTo("n1");
    assertThat(iterator.next().getId()).isEqualTo("n2");
    assertThat(service.all()).hasSize(1);
    assertThat(iterator.next().getId()).isEqualTo("n3");
    assertThat(service.all()).hasSize(3);
    assertThatThrownBy(iterator::next).isExactlyInstanceOf(NoSuchElementException.class);
    assertThat(service.all()).hasSize(3);
  }

  @Test
  void everyIteratorStartsAnew() {
    answerThreePages();
    Iterable<ComputeNode> nodes = client.listAllNodes("p");

    assertThat(FakeService.listOf(nodes)).hasSize(3);
    assertThat(FakeService.listOf(nodes)).hasSize(3);
    assertThat(service.all()).hasSize(6);
  }

  @Test
  void failedPageIsAskedForAgainByTheSameIterator() {
    answerThreePages();
    Iterator<ComputeNode> iterator = client.listAllNodes("p").iterator();
    iterator.next();
    iterator.next();
    service.answer(Answer.status(503));
    assertThatThrownBy(iterator::hasNext).isExactlyInstanceOf(BatchException.class);

    answerThreePages();
    assertThat(iterator.next().getId()).isEqualTo("n3");
  }

  @Test
  void onePageIsReadWithItsLink() {
    answerThreePages();

    BatchResponse<ComputeNodeListResult> first = client.listNodes("p");
    assertThat(first.value().getOdataNextLink()).isEqualTo(service.endpoint() + SECOND);
    assertThat(client.listNodesNext(first.value().getOdataNextLink()).value().getValue()).isEmpty();
  }

  @Test
  void poolsAreReadThroughTheirLinks() {
    service.answer(
        request ->
            request.uri().contains("skiptoken")
                ? Answer.json(200, "{\"value\":[{\"id\":\"p2\"}]}")
                : page("{\"id\":\"p1\"}", "/pools?$skiptoken=2"));

    assertThat(FakeService.listOf(client.listAllPools(ListOptions.none().maxResults(1))))
        .extracting(CloudPool::getId)
        .containsExactly("p1", "p2");
    assertThat(service.all())
        .extracting(Received::uri)
        .containsExactly("/pools?maxresults=1&api-version=2023-11-01.18.0", "/pools?$skiptoken=2");
  }

  @Test
  void answerWithoutEntriesIsAnEmptyListing() {
    service.answer(Answer.status(200));

    assertThat(client.listAllPools()).isEmpty();
  }

  @Test
  void linksToOtherServersAreNotFollowed() {
    for (String link :
        new String[] {
          "http://elsewhere.example/pools",
          "https" + service.endpoint().toString().substring(4),
          "http://127.0.0.1/pools",
          "/pools",
          "mailto:x"
        }) {
      assertThatThrownBy(() -> client.listPoolsNext(link))
          .isExactlyInstanceOf(BatchTransportException.class)
          .hasMessage("odata.nextLink leads away from " + service.endpoint() + ": " + link);
    }
    assertThatThrownBy(() -> client.listPoolsNext("http://a b"))
        .isExactlyInstanceOf(BatchTransportException.class)
        .hasMessage("odata.nextLink is no URL: http://a b");
    assertThat(service.all()).isEmpty();
  }
}
