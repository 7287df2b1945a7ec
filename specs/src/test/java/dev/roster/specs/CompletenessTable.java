package dev.roster.specs;

import dev.roster.specs.Contract.Operation;
import dev.roster.specs.Contract.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table of the notes that tells where each item of one documentation page went.
 *
 * <p>Each method looks for one kind of fault and answers a sentence for each, which begins with the
 * file, the line and the item.
 *
 * @param title the heading above the table
 * @param words what the places of the table may begin with instead of {@code #}
 */
record CompletenessTable(
    Contract contract,
    String title,
    Operation operation,
    Map<String, String> words,
    List<Row> rows) {

  private static final String NOTHING = "—";
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final Pattern RULES = Pattern.compile("`[^`]+`(, `[^`]+`)*");

  /**
   * An item of the page.
   *
   * @param line the number of its line in the notes
   * @param group the part of the page
   * @param place the second cell, places in the contract or a reason
   * @param rules the third cell
   */
  record Row(int line, String group, String item, String place, String rules) {

    List<String> places() {
      return codes(place);
    }

    List<String> ruleIds() {
      return codes(rules);
    }

    /** Whether it tells in words why the item has neither place nor rule. */
    boolean hasReason() {
      return place.startsWith(NOTHING + " ") && place.length() > NOTHING.length() + 1;
    }
  }

  /** Places that are not in the contract. */
  List<String> placesThatLeadNowhere() {
    List<String> findings = new ArrayList<>();
    for (Row row : rows) {
      for (String place : row.places()) {
        if (find(place).isEmpty()) {
          findings.add(at(row) + "`%s` leads nowhere in openapi.yaml".formatted(place));
        }
      }
    }
    return findings;
  }

  /** Rules that are not in the contract, and cells that name something else than rules. */
  List<String> rulesThatDoNotExist() {
    Set<String> ids =
        contract.rules().stream().map(rule -> (String) rule.get("id")).collect(Collectors.toSet());
    List<String> findings = new ArrayList<>();
    for (Row row : rows) {
      if (!row.rules().equals(NOTHING) && !RULES.matcher(row.rules()).matches()) {
        findings.add(
            at(row) + "the third cell is neither %s nor a list of rules".formatted(NOTHING));
      }
      for (String id : row.ruleIds()) {
        if (!ids.contains(id)) {
          findings.add(at(row) + "there is no rule `%s` in openapi.yaml".formatted(id));
        }
      }
    }
    return findings;
  }

  /** Items that went nowhere: no place, no rule and no reason. */
  List<String> itemsThatAreLost() {
    List<String> findings = new ArrayList<>();
    for (Row row : rows) {
      if (row.places().isEmpty() && !row.hasReason()) {
        findings.add(at(row) + "there is no place, and no reason after %s".formatted(NOTHING));
      }
    }
    return findings;
  }

  /** Items that have two rows, so that one of them is likely to be forgotten. */
  List<String> itemsThatStandTwice() {
    List<String> findings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Row row : rows) {
      if (!seen.add(row.group() + row.item())) {
        findings.add(at(row) + "the item stands twice");
      }
    }
    return findings;
  }

  /** Rules of the operation that no item names. */
  List<String> rulesThatAreMissing() {
    Set<String> named =
        rows.stream().flatMap(row -> row.ruleIds().stream()).collect(Collectors.toSet());
    return operation.rules().stream()
        .map(rule -> (String) rule.get("id"))
        .filter(id -> !named.contains(id))
        .map(id -> at() + "no item names the rule `%s`".formatted(id))
        .toList();
  }

  /** Parts of the operation in the contract that no item leads to. */
  List<String> placesThatAreMissing() {
    Set<String> named =
        rows.stream()
            .flatMap(row -> row.places().stream())
            .flatMap(place -> find(place).stream())
            .map(Place::pointer)
            .collect(Collectors.toSet());
    return parts().stream()
        .filter(part -> !named.contains(part))
        .map(part -> at() + "no item leads to `%s`".formatted(part))
        .toList();
  }

  /**
   * What the operation consists of: parameters, statuses and headers, and all members and values of
   * its bodies.
   */
  private Set<String> parts() {
    Set<String> parts = new LinkedHashSet<>();
    for (String owner : List.of(operation.item(), operation.pointer())) {
      below(owner + "/parameters").forEach(parameter -> parts.add(parameter.pointer()));
    }
    below(operation.pointer() + "/requestBody/content")
        .forEach(content -> addSchema(content, "schema", parts));
    for (Place response : below(operation.pointer() + "/responses")) {
      parts.add(response.pointer());
      contract
          .child(response, "headers")
          .ifPresent(
              headers -> contract.children(headers).forEach(header -> parts.add(header.pointer())));
      contract
          .child(response, "content")
          .ifPresent(
              contents ->
                  contract
                      .children(contents)
                      .forEach(content -> addSchema(content, "schema", parts)));
    }
    return parts;
  }

  private List<Place> below(String pointer) {
    return contract.at(pointer).map(contract::children).orElse(List.of());
  }

  private void addSchema(Place parent, String key, Set<String> parts) {
    contract.child(parent, key).ifPresent(schema -> addSchema(schema, parts));
  }

  private void addSchema(Place schema, Set<String> parts) {
    Place target = contract.follow(schema);
    addSchema(target, "items", parts);
    for (String list : List.of("allOf", "oneOf", "anyOf")) {
      contract
          .child(target, list)
          .ifPresent(schemas -> contract.children(schemas).forEach(one -> addSchema(one, parts)));
    }
    contract
        .child(target, "enum")
        .ifPresent(
            values -> contract.children(values).forEach(value -> parts.add(value.pointer())));
    contract
        .child(target, "properties")
        .ifPresent(
            properties -> {
              for (Place property : contract.children(properties)) {
                if (parts.add(property.pointer())) {
                  addSchema(property, parts);
                }
              }
            });
  }

  private Optional<Place> find(String place) {
    return contract.at(pointer(place, words));
  }

  /** The pointer that a place stands for; it leads nowhere if its first word is unknown. */
  static String pointer(String place, Map<String, String> words) {
    String first = place.substring(0, (place + "/").indexOf('/'));
    return words.getOrDefault(first, first) + place.substring(first.length());
  }

  private String at() {
    return "%s/NOTES.md, %s: ".formatted(contract, title);
  }

  private String at(Row row) {
    return "%s/NOTES.md:%d, %s, \"%s\": ".formatted(contract, row.line(), title, row.item());
  }

  /** What stands in backticks. */
  static List<String> codes(String cell) {
    List<String> codes = new ArrayList<>();
    Matcher matcher = CODE.matcher(cell);
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
    return codes;
  }

  @Override
  public String toString() {
    return contract + ", " + title;
  }
}
