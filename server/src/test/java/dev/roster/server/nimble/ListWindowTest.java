package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows of a list are answered. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ListWindowTest {

  private static final int ROWS = 5;

  @Inject NimbleWorld world;

  private TestSession admin;
  private String tag;
  private final List<String> names = new ArrayList<>();

  @BeforeEach
  void addUsers() {
    admin = world.admin();
    tag = newName("tag");
    names.clear();
    for (int i = 0; i < ROWS; i++) {
      names.add(world.newUser(newName("user"), "\"description\": \"%s\"".formatted(tag)).name());
    }
  }

  /** Four ways to ask for the rows of the test. */
  private List<Answer> ask(String window) {
    return List.of(
        get(USERS + "?description=" + tag + "&" + window),
        get(DETAIL + "?" + window + "&description=" + tag),
        fetch(USERS + "?" + window),
        fetch(DETAIL + "?" + window));
  }

  private Answer get(String target) {
    return world.call(admin, "GET", target).send();
  }

  private Answer fetch(String target) {
    return world
        .call(
            admin,
            "POST",
            target,
            NimbleWorld.query(
                "{\"fieldName\": \"description\", \"operator\": \"equals\", \"value\": \"%s\"}"
                    .formatted(tag)))
        .send();
  }

  private String rows(Answer list) {
    return NimbleWorld.names(list).stream()
        .map(name -> Integer.toString(names.indexOf(name)))
        .collect(Collectors.joining(" "));
  }

  private void assertWindow(String window, String rows, int startRow, int endRow) {
    for (Answer list : ask(window)) {
      assertThat(list.status()).as(window + " " + list.text()).isEqualTo(200);
      assertThat(rows(list)).as(window).isEqualTo(rows);
      JsonNode envelope = list.json();
      assertThat(envelope.get("startRow").intValue()).as(window).isEqualTo(startRow);
      assertThat(envelope.get("endRow").intValue()).as(window).isEqualTo(endRow);
      assertThat(envelope.get("totalRows").intValue()).as(window).isEqualTo(ROWS);
    }
  }

  private void assertRefused(String window, String code, String... arguments) {
    for (Answer answer : ask(window)) {
      assertError(answer, 400, code, arguments);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0 1 2 3 4, 0, 5",
    "startRow=0, 0 1 2 3 4, 0, 5",
    "startRow=2, 2 3 4, 2, 5",
    "startRow=4, 4, 4, 5",
    "endRow=1, 0, 0, 1",
    "endRow=5, 0 1 2 3 4, 0, 5",
    "startRow=1&endRow=4, 1 2 3, 1, 4",
    "startRow=4&endRow=5, 4, 4, 5",
    "pageSize=1, 0, 0, 1",
    "pageSize=4, 0 1 2 3, 0, 4",
    "pageSize=5, 0 1 2 3 4, 0, 5",
    "pageSize=1024, 0 1 2 3 4, 0, 5",
    "startRow=3&pageSize=1, 3, 3, 4",
    "startRow=3&pageSize=2, 3 4, 3, 5",
    "startRow=3&pageSize=3, 3 4, 3, 5",
    "startRow=1&endRow=4&pageSize=2, 1 2, 1, 3",
    "startRow=1&endRow=2&pageSize=2, 1, 1, 2",
    "startRow=0&endRow=3&pageSize=3, 0 1 2, 0, 3",
    "endRow=2147483647&pageSize=2, 0 1, 0, 2",
    "pageSize=2&pageSize=3, 0 1, 0, 2",
    "startRow=1&startRow=2&endRow=2&endRow=1, 1, 1, 2"
  })
  @Covers({"nimble.common.window", "nimble.common.list-envelope"})
  void theWindowHoldsTheRowsFromStartToEnd(String window, String rows, int start, int end) {
    assertWindow(window, rows, start, end);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 6, 2147483647})
  @Covers("nimble.common.window-empty")
  void anEndAtTheStartIsEmptyWhereverItLies(int row) {
    assertWindow("startRow=%d&endRow=%d".formatted(row, row), "", row, row);
    assertWindow("startRow=%d&endRow=%d&pageSize=2".formatted(row, row), "", row, row);
  }

  @Test
  @Covers("nimble.common.window-empty")
  void anEndAtTheFirstRowIsEmpty() {
    assertWindow("endRow=0", "", 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 1000, 1024, 1025, 2147483647})
  @Covers("nimble.common.window-clamped")
  void anEndBeyondTheLastRowIsTheEndOfTheRows(int end) {
    assertWindow("endRow=" + end, "0 1 2 3 4", 0, 5);
    assertWindow("startRow=0&endRow=" + end, "0 1 2 3 4", 0, 5);
    assertWindow("startRow=4&endRow=" + end, "4", 4, 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startRow=1&endRow=0",
        "startRow=4&endRow=3",
        "startRow=6&endRow=5",
        "startRow=2147483647&endRow=2147483646",
        "startRow=3&endRow=1&pageSize=2"
      })
  @Covers("nimble.common.start-beyond-end")
  void aStartBeyondTheEndIsRefused(String window) {
    assertRefused(window, "SM_start_row_beyond_end_row");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startRow=5",
        "startRow=6",
        "startRow=5&endRow=6",
        "startRow=5&pageSize=1",
        "startRow=2147483647",
        "startRow=2147483646&endRow=2147483647"
      })
  @Covers("nimble.common.start-beyond-total")
  void aStartBeyondTheLastRowIsRefused(String window) {
    assertRefused(window, "SM_start_row_beyond_total_rows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"startRow=1", "startRow=5&endRow=6", "startRow=0", "startRow=7&pageSize=2"})
  @Covers("nimble.common.start-beyond-total")
  void whereThereAreNoRowsNoStartIsBeyondThem(String window) {
    Answer list = get(USERS + "?name=" + newName("nobody") + "&" + window);

    assertThat(list.status()).as(list.text()).isEqualTo(200);
    assertThat(list.json().get("data")).isEmpty();
    assertThat(list.json().get("totalRows").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1025, 5000, 2147483647})
  @Covers("nimble.common.page-too-large")
  void aPageIsNotLargerThanTheLargest(int pageSize) {
    assertRefused("pageSize=" + pageSize, "SM_too_large_page_size");
    assertRefused("startRow=0&endRow=1&pageSize=" + pageSize, "SM_too_large_page_size");
  }

  @ParameterizedTest
  @CsvSource({
    "startRow, -1",
    "startRow, x",
    "startRow, 1.0",
    "startRow, 1e1",
    "startRow, ''",
    "startRow, 0x1",
    "startRow, 2147483648",
    "startRow, 99999999999999999999",
    "endRow, -1",
    "endRow, none",
    "endRow, 2.5",
    "endRow, ''",
    "endRow, 9223372036854775808",
    "pageSize, 0",
    "pageSize, -1",
    "pageSize, all",
    "pageSize, 1.5",
    "pageSize, ''",
    "pageSize, 99999999999"
  })
  @Covers("nimble.common.window-invalid")
  void windowsAreWholeNumbers(String parameter, String value) {
    assertRefused(
        parameter + "=" + value, "SM_invalid_query_param", "param", parameter, "value", value);
  }

  @ParameterizedTest
  @ValueSource(strings = {USERS, DETAIL})
  @Covers({"nimble.common.window", "nimble.common.filter-operators"})
  void pagesAboveTheLastIdGiveEveryRowOnce(String path) {
    List<String> found = new ArrayList<>();
    String last = "";

    for (int page = 0; page < 3; page++) {
      Answer list = get(path + "?pageSize=2&description=" + tag + last);
      found.addAll(NimbleWorld.names(list));
      int left = ROWS - 2 * page;
      assertThat(list.json().get("totalRows").intValue()).isEqualTo(left);
      assertThat(list.json().get("endRow").intValue()).isEqualTo(Math.min(2, left));
      List<String> ids = NimbleWorld.values(list, "id");
      last = "&id%3E" + ids.get(ids.size() - 1);
    }

    assertThat(found).isEqualTo(names);
    assertThat(get(path + "?pageSize=2&description=" + tag + last).json().get("data")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  @Covers({"nimble.common.window", "nimble.common.list-envelope"})
  void pagesFromRowToRowGiveEveryRowOnce(int pageSize) {
    List<String> found = new ArrayList<>();
    int row = 0;
    int total;
    do {
      JsonNode list =
          get(USERS + "?description=%s&startRow=%d&pageSize=%d".formatted(tag, row, pageSize))
              .json();
      list.get("data").forEach(user -> found.add(user.get("name").asText()));
      assertThat(list.get("endRow").intValue()).isGreaterThan(row);
      row = list.get("endRow").intValue();
      total = list.get("totalRows").intValue();
    } while (row < total);

    assertThat(found).isEqualTo(names);
    assertThat(row).isEqualTo(ROWS);
  }
}
