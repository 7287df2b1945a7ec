package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.azurepack.model.User;
import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.PagesOfEveryClient;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class AzurePackClientPagingTest extends AzurePackClientTest implements PagesOfEveryClient<User> {

  @Override
  public void answerPages() {
    answerUsers("a", "b", "c");
  }

  @Override
  public int pages() {
    return 2;
  }

  @Override
  public Answer emptyPage() {
    return page(List.of(), "0");
  }

  @Override
  public Iterable<User> listAll() {
    return client.listAllUsers();
  }

  @Override
  public String nameOf(User entry) {
    return entry.getName();
  }

  /** Has users of these names, and at most two on a page, whatever is asked for. */
  private void answerUsers(String... names) {
    service.answer(
        request -> {
          int start = Math.min(number(request, "skip", 0), names.length);
          int size = Math.min(2, number(request, "take", 2));
          int end = Math.min(start + size, names.length);
          return page(List.of(names).subList(start, end), Integer.toString(names.length));
        });
  }

  private static int number(Received request, String parameter, int otherwise) {
    Matcher value = Pattern.compile("[?&]" + parameter + "=(\\d+)").matcher(request.uri());
    return value.find() ? Integer.parseInt(value.group(1)) : otherwise;
  }

  private static Answer page(List<String> names, String filteredTotalCount) {
    return Answer.json(
        200,
        "{\"items\":[%s],\"filteredTotalCount\":%s,\"totalCount\":99}"
            .formatted(
                names.stream()
                    .map(name -> "{\"Name\":\"" + name + "\"}")
                    .collect(Collectors.joining(",")),
                filteredTotalCount));
  }

  private List<String> requests() {
    return service.all().stream().map(Received::line).toList();
  }

  @Test
  void pagesAreAskedForByTheNumberOfUsersBeforeThem() {
    answerUsers("a", "b", "c", "d", "e");
    ListOptions options =
        ListOptions.none()
            .take(2)
            .sortProperty("Email")
            .sortDirection("desc")
            .filter("contoso.example");

    assertThat(FakeService.listOf(client.listAllUsers(options)))
        .extracting(User::getName)
        .containsExactly("a", "b", "c", "d", "e");
    String rest = "&sortProperty=Email&sortDirection=desc&filter=contoso.example";
    assertThat(requests())
        .containsExactly(
            "GET /users?take=2" + rest,
            "GET /users?skip=2&take=2" + rest,
            "GET /users?skip=4&take=2" + rest);
    assertThat(service.all())
        .extracting(request -> request.header("x-ms-client-request-id"))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Test
  void pageHasOneHundredUsersUnlessToldOtherwise() {
    answerUsers("a", "b");

    assertThat(FakeService.listOf(client.listAllUsers())).hasSize(2);
    assertThat(requests()).containsExactly("GET /users?take=100");
  }

  @Test
  void smallerPagesThanAskedForLeaveNobodyOut() {
    answerUsers("a", "b", "c");

    assertThat(FakeService.listOf(client.listAllUsers()))
        .extracting(User::getName)
        .containsExactly("a", "b", "c");
    assertThat(requests()).containsExactly("GET /users?take=100", "GET /users?skip=2&take=100");
  }

  @Test
  void listBeginsBehindTheUsersToLeaveOut() {
    answerUsers("a", "b", "c", "d");

    assertThat(FakeService.listOf(client.listAllUsers(ListOptions.none().skip(1).take(2))))
        .extracting(User::getName)
        .containsExactly("b", "c", "d");
    assertThat(requests()).containsExactly("GET /users?skip=1&take=2", "GET /users?skip=3&take=2");
  }

  @Test
  void usersThatWentMeanwhileEndTheList() {
    service.answer(
        request -> page(request.uri().contains("skip") ? List.of() : List.of("a", "b"), "5"));

    assertThat(FakeService.listOf(client.listAllUsers())).hasSize(2);
    assertThat(requests()).hasSize(2);
  }

  @Test
  void listWithoutCountsEndsWithAnEmptyPage() {
    service.answer(
        request -> page(request.uri().contains("skip") ? List.of() : List.of("a", "b"), "null"));

    assertThat(FakeService.listOf(client.listAllUsers())).hasSize(2);
    assertThat(requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|The answer has no items",
        "{\"items\":null,\"filteredTotalCount\":0}|The answer has no items",
        "''|The answer has no body"
      })
  void answerThatIsNoPageDoesNotPassForTheEnd(String body, String message) {
    service.answer(Answer.json(200, body));

    assertThatThrownBy(client.listAllUsers().iterator()::hasNext)
        .isExactlyInstanceOf(AzurePackTransportException.class)
        .hasMessage(message);
    assertThatThrownBy(client::listUsers)
        .isExactlyInstanceOf(AzurePackTransportException.class)
        .hasMessage(message);
  }

  @Test
  void tenantInterfaceHasNoList() {
    service.answer(
        Answer.json(
            404,
            "{\"Code\":\"ResourceNotFound\",\"Message\":\"The resource was not found.\","
                + "\"Details\":null}"));

    assertThatThrownBy(client.listAllUsers().iterator()::hasNext)
        .isInstanceOfSatisfying(AzurePackException.class, e -> assertThat(e.isNotFound()).isTrue());
  }
}
