package dev.roster.server.nimble;

import dev.roster.server.error.ApiException;
import dev.roster.server.http.ApiRequest;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of a list are wanted.
 *
 * @param start the first
 * @param end the first no longer wanted; empty for the end of the rows
 * @param size the most
 */
record Window(long start, Optional<Long> end, long size) {

  static final String START_ROW = "startRow";
  static final String END_ROW = "endRow";
  static final String PAGE_SIZE = "pageSize";

  /** The most rows of one answer. */
  static final int LARGEST_PAGE = 1024;

  private static final List<String> NAMES = List.of(START_ROW, END_ROW, PAGE_SIZE);

  /**
   * Reads a window.
   *
   * @throws ApiException SM_start_row_beyond_end_row, SM_too_large_page_size,
   *     SM_invalid_query_param
   */
  static Window of(Optional<String> start, Optional<String> end, Optional<String> size) {
    long first = start.map(value -> number(START_ROW, value)).orElse(0L);
    Optional<Long> last = end.map(value -> number(END_ROW, value));
    long most = size.map(value -> number(PAGE_SIZE, value)).orElse((long) LARGEST_PAGE);
    if (last.isPresent() && first > last.get()) {
      throw NimbleErrors.startRowBeyondEndRow(first, last.get());
    }
    if (most == 0) {
      throw invalid(PAGE_SIZE, size.orElseThrow());
    }
    if (most > LARGEST_PAGE) {
      throw NimbleErrors.tooLargePageSize(most, LARGEST_PAGE);
    }
    return new Window(first, last, most);
  }

  /** The error of a request whose parameters could not be converted to numbers. */
  static ApiException fault(ApiRequest request) {
    for (String name : NAMES) {
      for (ApiRequest.QueryParameter parameter : request.query()) {
        if (parameter.name().equals(name) && !isNumber(parameter.value())) {
          return invalid(name, parameter.value());
        }
      }
    }
    return NimbleErrors.invalidQueryParameter(START_ROW, "", "a whole number");
  }

  private static long number(String name, String value) {
    if (!isNumber(value)) {
      throw invalid(name, value);
    }
    return Integer.parseInt(value);
  }

  private static boolean isNumber(String value) {
    return Values.number(value)
        .filter(number -> number >= 0 && number <= Integer.MAX_VALUE)
        .isPresent();
  }

  private static ApiException invalid(String name, String value) {
    return NimbleErrors.invalidQueryParameter(
        name, value, name.equals(PAGE_SIZE) ? "a whole number above zero" : "a whole number");
  }

  /**
   * The first row no longer wanted of so many.
   *
   * @throws ApiException SM_start_row_beyond_total_rows
   */
  int endAmong(int total) {
    boolean empty = end.isPresent() && end.get() == start;
    if (empty) {
      return (int) start;
    }
    if (start > 0 && total > 0 && start >= total) {
      throw NimbleErrors.startRowBeyondTotalRows(start, total);
    }
    long wanted = Math.min(end.orElse((long) total), start + size);
    return (int) Math.max(start, Math.min(wanted, total));
  }
}
