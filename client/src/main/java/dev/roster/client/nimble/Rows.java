package dev.roster.client.nimble;

import dev.roster.client.http.Pages;
import java.util.List;
import java.util.function.Function;

/**
 * Where a kind of page has its rows, and how the pages behind it are asked for.
 *
 * @param data tells the rows
 * @param endRow tells the number of the first row behind the page
 * @param totalRows tells the number of all rows
 * @param <P> type of a page
 * @param <E> type of a row
 */
record Rows<P, E>(
    Function<P, List<E>> data, Function<P, Integer> endRow, Function<P, Integer> totalRows) {

  /** Refuses what is no page, at which an iteration would seem to be at its end. */
  P checked(P page) {
    if (page == null
        || data.apply(page) == null
        || endRow.apply(page) == null
        || totalRows.apply(page) == null) {
      throw new NimbleTransportException("The answer has no data, endRow and totalRows", null);
    }
    return page;
  }

  /** All rows, each page of them read when its first row is needed. */
  Iterable<E> all(ListOptions options, Function<ListOptions, NimbleResponse<P>> list) {
    return new Pages<>(
        () -> list.apply(options).value(),
        row -> pageAt(Integer.parseInt(row), options, list),
        data,
        page -> rowBehind(page, options));
  }

  private P pageAt(
      int startRow, ListOptions options, Function<ListOptions, NimbleResponse<P>> list) {
    P page;
    try {
      page = list.apply(options.startRow(startRow)).value();
    } catch (NimbleException e) {
      // Rows went between two pages, so that the one before was the last.
      if (e.hasCode("SM_start_row_beyond_total_rows")) {
        return null;
      }
      throw e;
    }
    if (!data.apply(page).isEmpty() && endRow.apply(page) <= startRow) {
      throw new NimbleTransportException(
          "The page from row " + startRow + " ends at row " + endRow.apply(page), null);
    }
    return page;
  }

  private String rowBehind(P page, ListOptions options) {
    int end = endRow.apply(page);
    boolean last =
        data.apply(page).isEmpty()
            || end >= totalRows.apply(page)
            || (options.endRow() != null && end >= options.endRow());
    return last ? null : Integer.toString(end);
  }
}
