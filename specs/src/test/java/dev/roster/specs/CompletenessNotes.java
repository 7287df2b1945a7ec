package dev.roster.specs;

import dev.roster.specs.CompletenessTable.Row;
import dev.roster.specs.Contract.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables in the notes of a contract.
 *
 * <p>The section begins with a table of words that places may begin with. Below it each page has a
 * heading, a line with nothing but the link to it, and its table.
 */
final class CompletenessNotes {

  private static final String SECTION = "## Completeness";
  private static final Pattern PAGE = Pattern.compile("\\[.*]\\((.*)\\)");
  private static final Pattern SEPARATOR = Pattern.compile("\\|[-|]+");

  private final Contract contract;
  private final Map<String, String> words = new LinkedHashMap<>();
  private final List<CompletenessTable> tables = new ArrayList<>();

  private String title = "";
  private Optional<Operation> operation = Optional.empty();
  private List<Row> rows = List.of();
  private String group = "";

  private CompletenessNotes(Contract contract) {
    this.contract = contract;
  }

  static List<CompletenessTable> tables(Contract contract) {
    CompletenessNotes notes = new CompletenessNotes(contract);
    boolean inside = false;
    int number = 0;
    for (String line : contract.notes().lines().toList()) {
      number++;
      if (line.startsWith("## ")) {
        inside = line.equals(SECTION);
      } else if (inside) {
        notes.read(number, line);
      }
    }
    return notes.tables;
  }

  private void read(int number, String line) {
    Matcher page = PAGE.matcher(line);
    if (line.startsWith("### ")) {
      title = line.substring("### ".length());
      operation = Optional.empty();
    } else if (page.matches()) {
      operation =
          contract.operations().stream()
              .filter(one -> one.page().equals(page.group(1)))
              .findFirst();
    } else if (line.startsWith("|") && !SEPARATOR.matcher(line).matches()) {
      readCells(number, cells(line));
    }
  }

  private void readCells(int number, List<String> cells) {
    String first = cells.get(0);
    if (first.equals("on the page")) {
      beginTable();
    } else if (tables.isEmpty()) {
      CompletenessTable.codes(first).forEach(word -> define(word, cells.get(1)));
    } else if (first.startsWith("**")) {
      group = first;
    } else {
      rows.add(new Row(number, group, first, cell(cells, 1), cell(cells, 2)));
    }
  }

  private void beginTable() {
    rows = new ArrayList<>();
    group = "";
    tables.add(
        new CompletenessTable(
            contract,
            title,
            operation.orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s/NOTES.md: the page of %s is of no operation"
                            .formatted(contract, title))),
            words,
            rows));
  }

  /** A word may stand for a place that begins with an earlier one. */
  private void define(String word, String cell) {
    String place = CompletenessTable.codes(cell).get(0);
    words.put(word, CompletenessTable.pointer(place, words));
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1).split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  private static String cell(List<String> cells, int index) {
    return index < cells.size() ? cells.get(index) : "";
  }
}
