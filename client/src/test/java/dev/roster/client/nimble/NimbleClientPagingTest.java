package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.http.PagesOfEveryClient;
import dev.roster.client.nimble.model.Token;
import dev.roster.client.nimble.model.TokenFilter;
import dev.roster.client.nimble.model.User;
import dev.roster.client.nimble.model.UserFilter;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class NimbleClientPagingTest extends NimbleClientTest implements PagesOfEveryClient<User> {

  private static final UserFilter GUESTS = new UserFilter().role("guest");
  private static final Answer BEYOND_TOTAL =
      Answer.json(
          400,
          """
          {"messages":[
           {"code":"SM_http_bad_request","severity":"error","text":"No."},
           {"code":"SM_start_row_beyond_total_rows","severity":"error","text":"No."}]}""");

  @Override
  public void answerPages() {
    answerRows("a", "b", "c");
  }

  @Override
  public int pages() {
    return 2;
  }

  @Override
  public Answer emptyPage() {
    return page(List.of(), 0, 0);
  }

  @Override
  public Iterable<User> listAll() {
    return client.listAllUsersDetail();
  }

  @Override
  public String nameOf(User entry) {
    return entry.getName();
  }

  /** Has rows named by letters, and at most two on a page. */
  private void answerRows(String... rows) {
    array.answerEach(
        request -> {
          int start = number(request, "startRow", 0);
          int end = Math.min(Math.min(start + 2, rows.length), number(request, "endRow", 99));
          return page(List.of(rows).subList(start, end), start, rows.length);
        });
  }

  private static int number(Received request, String parameter, int otherwise) {
    Matcher value = Pattern.compile("[?&]" + parameter + "=(\\d+)").matcher(request.uri());
    return value.find() ? Integer.parseInt(value.group(1)) : otherwise;
  }

  private static Answer page(List<String> names, int start, int total) {
    return Answer.json(
        200,
        "{\"data\":[%s],\"startRow\":%d,\"endRow\":%d,\"totalRows\":%d}"
            .formatted(
                names.stream()
                    .map(name -> "{\"name\":\"" + name + "\",\"username\":\"" + name + "\"}")
                    .collect(Collectors.joining(",")),
                start,
                start + names.size(),
                total));
  }

  private List<String> requests() {
    return array.others().stream().map(Received::line).toList();
  }

  @Test
  void allPagesAreReadByTheirFirstRow() {
    answerRows("a", "b", "c", "d", "e");

    assertThat(
            FakeService.listOf(
                client.listAllUsersDetail(
                    GUESTS, ListOptions.none().fields("id,name").sortBy("name").pageSize(2))))
        .extracting(User::getName)
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(requests())
        .containsExactly(
            "GET /v1/users/detail?role=guest&fields=id%2Cname&pageSize=2&sortBy=name",
            "GET /v1/users/detail?role=guest&fields=id%2Cname&startRow=2&pageSize=2&sortBy=name",
            "GET /v1/users/detail?role=guest&fields=id%2Cname&startRow=4&pageSize=2&sortBy=name");
    assertThat(array.logIns()).hasSize(1);
  }

  @Test
  void everyKindOfListIsReadThatWay() {
    answerRows("a", "b", "c");
    ListOptions none = ListOptions.none();

    assertThat(FakeService.listOf(client.listAllUsersDetail())).hasSize(3);
    assertThat(FakeService.listOf(client.listAllUsers(GUESTS, none)))
        .extracting(User::getName)
        .containsExactly("a", "b", "c");
    assertThat(FakeService.listOf(client.listAllTokens(new TokenFilter(), none)))
        .extracting(Token::getUsername)
        .containsExactly("a", "b", "c");
    assertThat(FakeService.listOf(client.listAllTokensDetail(new TokenFilter(), none))).hasSize(3);
    assertThat(FakeService.listOf(client.queryAllTokens(Condition.and(), none))).hasSize(3);
    assertThat(requests())
        .containsExactly(
            "GET /v1/users/detail",
            "GET /v1/users/detail?startRow=2",
            "GET /v1/users?role=guest",
            "GET /v1/users?role=guest&startRow=2",
            "GET /v1/tokens",
            "GET /v1/tokens?startRow=2",
            "GET /v1/tokens/detail",
            "GET /v1/tokens/detail?startRow=2",
            "POST /v1/tokens/detail",
            "POST /v1/tokens/detail?startRow=2");
  }

  @Test
  void queriesAskTheSameForEveryPage() {
    answerRows("a", "b", "c");

    assertThat(
            FakeService.listOf(
                client.queryAllUsers(Condition.iContains("name", "x"), ListOptions.none())))
        .extracting(User::getName)
        .containsExactly("a", "b", "c");
    assertThat(requests())
        .containsExactly("POST /v1/users/detail", "POST /v1/users/detail?startRow=2");
    assertThat(array.others())
        .extracting(Received::body)
        .hasSize(2)
        .containsOnly(array.service().last().body());
  }

  @Test
  void windowIsKept() {
    answerRows("a", "b", "c", "d", "e", "f");

    assertThat(
            FakeService.listOf(
                client.listAllUsers(GUESTS, ListOptions.none().startRow(1).endRow(4))))
        .extracting(User::getName)
        .containsExactly("b", "c", "d");
    assertThat(requests())
        .containsExactly(
            "GET /v1/users?role=guest&startRow=1&endRow=4",
            "GET /v1/users?role=guest&startRow=3&endRow=4");
  }

  @Test
  void laterChangesOfAFilterAreNotSeen() {
    answerRows("a", "b", "c");
    UserFilter filter = new UserFilter().role("guest").disabled(false);
    Iterable<User> users = client.listAllUsers(filter, ListOptions.none());
    filter.role("operator");

    assertThat(FakeService.listOf(users)).hasSize(3);
    assertThat(requests().get(0)).isEqualTo("GET /v1/users?role=guest&disabled=false");
  }

  @Test
  void rowsThatWentMeanwhileEndTheList() {
    array.answerEach(
        request ->
            request.uri().contains("startRow") ? BEYOND_TOTAL : page(List.of("a", "b"), 0, 3));

    assertThat(FakeService.listOf(client.listAllUsersDetail())).hasSize(2);
    assertThat(requests()).hasSize(2);
  }

  @Test
  void startBehindTheLastRowIsAnErrorWhenItWasAskedFor() {
    array.answer(BEYOND_TOTAL);
    Iterator<User> users = client.listAllUsers(GUESTS, ListOptions.none().startRow(7)).iterator();

    assertThatThrownBy(users::hasNext)
        .isInstanceOfSatisfying(
            NimbleException.class,
            e -> assertThat(e.code()).isEqualTo("SM_start_row_beyond_total_rows"));
  }

  @Test
  void emptyPageEndsTheList() {
    array.answerEach(
        request ->
            request.uri().contains("startRow")
                ? page(List.of(), 2, 5)
                : page(List.of("a", "b"), 0, 5));

    assertThat(FakeService.listOf(client.listAllUsersDetail())).hasSize(2);
    assertThat(requests()).hasSize(2);
  }

  @Test
  void serverThatAlwaysAnswersTheFirstPageIsFoundOut() {
    array.answer(page(List.of("a", "b"), 0, 5));
    Iterator<User> users = client.listAllUsersDetail().iterator();
    users.next();
    users.next();

    assertThatThrownBy(users::hasNext)
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasMessage("The page from row 2 ends at row 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"data\":null,\"endRow\":0,\"totalRows\":0}",
        "{\"data\":[],\"totalRows\":0}",
        "{\"data\":[],\"endRow\":0}"
      })
  void answerThatIsNoPageDoesNotPassForTheEnd(String body) {
    array.answer(Answer.json(200, body));

    assertThatThrownBy(client.listAllUsersDetail().iterator()::hasNext)
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasMessage("The answer has no data, endRow and totalRows");
  }

  @Test
  void sessionThatDiesBetweenPagesIsRenewed() {
    answerRows("a", "b", "c");
    Iterator<User> iterator = client.listAllUsersDetail().iterator();
    iterator.next();
    iterator.next();
    array.kill(1);

    assertThat(iterator.next().getName()).isEqualTo("c");
    assertThat(array.logIns()).hasSize(2);
  }
}
