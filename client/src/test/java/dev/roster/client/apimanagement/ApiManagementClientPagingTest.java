package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.apimanagement.model.GroupContract;
import dev.roster.client.apimanagement.model.SubscriptionContract;
import dev.roster.client.apimanagement.model.UserCollection;
import dev.roster.client.apimanagement.model.UserContract;
import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.LinksOfPages;
import dev.roster.client.http.PagesOfEveryClient;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiManagementClientPagingTest extends ApiManagementClientTest
    implements PagesOfEveryClient<UserContract>, LinksOfPages {

  /** Query and escapes as the service writes them, and in no order a client would choose. */
  private static final String SECOND =
      ApiManagementUnderTest.SERVICE
          + "/users?%24top=2&api-version=2022-08-01&$x=a%2Fb+c&%24skip=2";

  @Override
  public void answerPages() {
    service.answer(
        request -> {
          if (!request.uri().contains("skip")) {
            return page("{\"name\":\"a\"},{\"name\":\"b\"}", SECOND);
          }
          return request.uri().equals(SECOND)
              ? page("", ApiManagementUnderTest.SERVICE + "/users?%24skip=4")
              : Answer.json(200, "{\"value\":[{\"name\":\"c\"}],\"count\":3}");
        });
  }

  @Override
  public int pages() {
    return 3;
  }

  @Override
  public Answer emptyPage() {
    return Answer.json(200, "{\"value\":[],\"count\":0}");
  }

  @Override
  public Iterable<UserContract> listAll() {
    return client.listAllUsers();
  }

  @Override
  public String nameOf(UserContract entry) {
    return entry.getName();
  }

  @Override
  public String linkMember() {
    return "nextLink";
  }

  @Override
  public List<Consumer<String>> callsWithLinks() {
    return List.of(
        client::listUsersNext, client::listGroupsNext, client::listUserSubscriptionsNext);
  }

  private Answer page(String entries, String next) {
    return Answer.json(
        200,
        "{\"value\":[%s],\"count\":3,\"nextLink\":\"%s\"}"
            .formatted(entries, service.endpoint() + next));
  }

  @Test
  void allPagesAreReadThroughTheirLinks() {
    answerPages();

    assertThat(FakeService.listOf(client.listAllUsers(ListOptions.none().top(2))))
        .extracting(UserContract::getName)
        .containsExactly("a", "b", "c");
    assertThat(service.all())
        .extracting(Received::line)
        .containsExactly(
            "GET " + ApiManagementUnderTest.SERVICE + "/users?api-version=2022-08-01&%24top=2",
            "GET " + SECOND,
            "GET " + ApiManagementUnderTest.SERVICE + "/users?%24skip=4");
    assertThat(service.all())
        .allSatisfy(
            request -> {
              assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken-of-mine");
              assertThat(request.header("Accept")).isEqualTo("application/json");
            });
    assertThat(service.all())
        .extracting(request -> request.header("x-ms-client-request-id"))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Test
  void onePageIsReadWithItsLinkAndItsCount() {
    answerPages();

    ApiManagementResponse<UserCollection> first = client.listUsers();
    assertThat(first.value().getCount()).isEqualTo(3);
    assertThat(first.value().getNextLink()).isEqualTo(service.endpoint() + SECOND);
    assertThat(client.listUsersNext(first.value().getNextLink()).value().getValue()).isEmpty();
  }

  @Test
  void everyListingIsReadThroughItsLinks() {
    service.answer(
        request -> {
          String path = request.uri().substring(0, request.uri().indexOf('?'));
          return request.uri().contains("skip")
              ? Answer.json(200, "{\"value\":[{\"name\":\"second\"}]}")
              : page("{\"name\":\"first\"}", path + "?%24skip=1");
        });

    assertThat(FakeService.listOf(client.listAllGroups()))
        .extracting(GroupContract::getName)
        .containsExactly("first", "second");
    assertThat(FakeService.listOf(client.listAllGroupUsers("g")))
        .extracting(UserContract::getName)
        .containsExactly("first", "second");
    assertThat(FakeService.listOf(client.listAllUserGroups("u")))
        .extracting(GroupContract::getName)
        .containsExactly("first", "second");
    assertThat(FakeService.listOf(client.listAllUserSubscriptions("u")))
        .extracting(SubscriptionContract::getName)
        .containsExactly("first", "second");
    assertThat(service.all())
        .extracting(request -> request.line().replace(ApiManagementUnderTest.SERVICE, ""))
        .containsExactly(
            "GET /groups?api-version=2022-08-01",
            "GET /groups?%24skip=1",
            "GET /groups/g/users?api-version=2022-08-01",
            "GET /groups/g/users?%24skip=1",
            "GET /users/u/groups?api-version=2022-08-01",
            "GET /users/u/groups?%24skip=1",
            "GET /users/u/subscriptions?api-version=2022-08-01",
            "GET /users/u/subscriptions?%24skip=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"value\":null}",
        "{\"value\":[],\"nextLink\":null}",
        "{\"value\":[],\"nextLink\":\"\"}"
      })
  void missingNullAndEmptyLinksEndAListing(String body) {
    service.answer(Answer.json(200, body));

    assertThat(client.listAllUsers()).isEmpty();
    assertThat(service.all()).hasSize(1);
  }

  @Test
  void linkWithTheDefaultPortWrittenOutIsFollowedAsItStands() {
    // Standing in as a proxy, the fake service sees the whole URL of a host that it is not.
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", service.endpoint().getPort());
    HttpClient proxied = HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build();
    ApiManagementClient remote =
        api.client().endpoint("http://management.example").httpClient(proxied).build();
    String second = "http://management.example:80" + SECOND;
    service.answer(
        request ->
            request.uri().contains("skip")
                ? Answer.json(200, "{\"value\":[{\"name\":\"b\"}]}")
                : Answer.json(
                    200, "{\"value\":[{\"name\":\"a\"}],\"nextLink\":\"" + second + "\"}"));

    assertThat(FakeService.listOf(remote.listAllUsers()))
        .extracting(UserContract::getName)
        .containsExactly("a", "b");
    assertThat(service.all())
        .extracting(Received::line)
        .containsExactly(
            "GET http://management.example"
                + ApiManagementUnderTest.SERVICE
                + "/users"
                + ApiManagementUnderTest.VERSION,
            "GET " + second);
  }
}
