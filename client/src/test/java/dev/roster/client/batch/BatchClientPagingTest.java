package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.batch.model.CloudPool;
import dev.roster.client.batch.model.ComputeNode;
import dev.roster.client.batch.model.ComputeNodeListResult;
import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.LinksOfPages;
import dev.roster.client.http.PagesOfEveryClient;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BatchClientPagingTest extends BatchClientTest
    implements PagesOfEveryClient<ComputeNode>, LinksOfPages {

  private static final String SECOND =
      "/pools/p/nodes?api-version=2023-11-01.18.0&$skiptoken=a%2Fb%3D%3D+c&%24filter=x%20y&Z=1";

  private final BatchClient client = api.signing().build();

  @Override
  public void answerPages() {
    service.answer(
        request -> {
          if (!request.uri().contains("skiptoken")) {
            return page("{\"id\":\"a\"},{\"id\":\"b\"}", SECOND);
          }
          return request.uri().equals(SECOND)
              ? page("", "/pools/p/nodes?$skiptoken=3")
              : Answer.json(200, "{\"value\":[{\"id\":\"c\"}]}");
        });
  }

  @Override
  public int pages() {
    return 3;
  }

  @Override
  public Answer emptyPage() {
    return Answer.json(200, "{\"value\":[]}");
  }

  @Override
  public Iterable<ComputeNode> listAll() {
    return client.listAllNodes("p");
  }

  @Override
  public String nameOf(ComputeNode entry) {
    return entry.getId();
  }

  @Override
  public String linkMember() {
    return "odata.nextLink";
  }

  @Override
  public List<Consumer<String>> callsWithLinks() {
    return List.of(client::listNodesNext, client::listPoolsNext);
  }

  private Answer page(String entries, String next) {
    return Answer.json(
        200,
        "{\"value\":[%s],\"odata.nextLink\":\"%s\"}".formatted(entries, service.endpoint() + next));
  }

  @Test
  void allPagesAreReadThroughTheirLinks() {
    answerPages();

    assertThat(FakeService.listOf(client.listAllNodes("p")))
        .extracting(ComputeNode::getId)
        .containsExactly("a", "b", "c");
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
  void onePageIsReadWithItsLink() {
    answerPages();

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
}
