package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found in a table that is not what it should be. */
class CompletenessTableTest {

  private static final String YAML =
      """
      openapi: 3.0.3
      security:
        - key: []
      x-rules:
        - {id: toy.common.fast, says: It is fast., evidence: choice}
      paths:
        /toys/{id}:
          parameters:
            - $ref: '#/components/parameters/id'
          put:
            operationId: Toys_Update
            externalDocs: {url: 'https://vendor.example/toys(v=1)'}
            x-error-codes:
              - {status: 404, code: NoSuchToy}
            x-rules:
              - {id: toy.update.named, says: It is named., evidence: page}
            parameters:
              - {name: limit, in: query, schema: {type: integer}}
            requestBody:
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Toy'}
            responses:
              '200':
                description: It was changed.
                headers:
                  ETag: {schema: {type: string}}
              default: {$ref: '#/components/responses/Error'}
      components:
        parameters:
          id: {name: id, in: path, required: true, schema: {type: string}, example: null}
        schemas:
          Toy:
            allOf:
              - $ref: '#/components/schemas/Thing'
            properties:
              colours: {type: array, items: {$ref: '#/components/schemas/Colour'}}
          Thing:
            properties:
              name: {type: string}
          Colour:
            type: integer
            enum: [1, 2]
        responses:
          Error:
            description: It failed.
            headers:
              x-id: {schema: {type: string}}
            content:
              text/plain:
                schema:
                  properties:
                    text: {type: string}
      """;

  private static final List<String> ROWS =
      List.of(
          "| id | `item/parameters/id`, `item/parameters/id/example` | — |",
          "| limit | `put/parameters/limit` | `toy.update.named` |",
          "| security | `#/security/key` | `toy.common.fast` |",
          "| toy | `put/requestBody/content/application~1json/schema/properties/colours` | — |",
          "| thing | `#/components/schemas/Thing/properties/name` | — |",
          "| colour 1 | `#/components/schemas/Colour/enum/1` | — |",
          "| colour 2 | `#/components/schemas/Colour/enum/2` | — |",
          "| **Answers** | | |",
          "| success | `put/responses/200`, `put/responses/200/headers/ETag` | — |",
          "| error | `put/responses/default`; 404 is `put/x-error-codes/NoSuchToy` | — |",
          "| error's id | `put/responses/default/headers/x-id` | — |",
          "| error's text | `put/responses/default/content/text~1plain/schema/properties/text` | — |",
          "| it is fun | — fun is had by people | — |");

  private static CompletenessTable table(List<String> rows) {
    String notes =
        """
        ## Completeness

        | word | stands for |
        |---|---|
        | `item` | `#/paths/~1toys~1{id}` |
        | `put` | `item/put` |

        ### Update

        [Update](https://vendor.example/toys(v=1))

        | on the page | in the contract | rules |
        |---|---|---|
        """;
    return CompletenessNotes.tables(
            Contract.of("toys", YAML, notes + String.join("\n", rows) + "\n"))
        .get(0);
  }

  private static CompletenessTable with(String row) {
    return table(List.of(row));
  }

  private static CompletenessTable without(String item) {
    return table(ROWS.stream().filter(row -> !row.startsWith("| " + item + " |")).toList());
  }

  @Test
  void nothingIsFoundInACompleteTable() {
    CompletenessTable table = table(ROWS);

    assertThat(table.operation().id()).isEqualTo("Toys_Update");
    assertThat(table.rows()).hasSize(ROWS.size() - 1);
    assertThat(table.placesThatLeadNowhere()).isEmpty();
    assertThat(table.rulesThatDoNotExist()).isEmpty();
    assertThat(table.itemsThatAreLost()).isEmpty();
    assertThat(table.itemsThatStandTwice()).isEmpty();
    assertThat(table.rulesThatAreMissing()).isEmpty();
    assertThat(table.placesThatAreMissing()).isEmpty();
  }

  @Test
  void placeThatLeadsNowhereIsFound() {
    for (String place :
        List.of(
            "put/parameters/size",
            "put/parameters/0",
            "#/components/schemas/Colour/enum/0",
            "get",
            "#put",
            "put/",
            "put/x-error-codes/404")) {
      assertThat(with("| a | `%s` | — |".formatted(place)).placesThatLeadNowhere())
          .containsExactly(
              "toys/NOTES.md:14, Update, \"a\": `%s` leads nowhere in openapi.yaml"
                  .formatted(place));
    }
  }

  @Test
  void ruleThatDoesNotExistIsFound() {
    assertThat(with("| a | `put` | `toy.update.named`, `toy.update.lost` |").rulesThatDoNotExist())
        .containsExactly(
            "toys/NOTES.md:14, Update, \"a\": there is no rule `toy.update.lost` in openapi.yaml");
  }

  @Test
  void cellOfRulesWithSomethingElseIsFound() {
    for (String row :
        List.of(
            "| a | `put` | later |", "| a | `put` | |", "| a | `put` |", "| a | b | `put` | — |")) {
      assertThat(with(row).rulesThatDoNotExist())
          .as(row)
          .contains(
              row.equals("| a | b | `put` | — |")
                  ? "toys/NOTES.md:14, Update, \"a\": there is no rule `put` in openapi.yaml"
                  : "toys/NOTES.md:14, Update, \"a\": the third cell is neither — nor a list of rules");
    }
  }

  @Test
  void itemWithoutPlaceAndReasonIsFound() {
    for (String cell : List.of("", "—", "nowhere")) {
      assertThat(with("| a | %s | — |".formatted(cell)).itemsThatAreLost())
          .containsExactly(
              "toys/NOTES.md:14, Update, \"a\": there is no place, and no reason after —");
    }
  }

  @Test
  void itemThatStandsTwiceInAPartOfThePageIsFound() {
    List<String> rows = List.of("| a | `put` | — |", "| **B** | | |", "| a | `put` | — |");
    assertThat(table(rows).itemsThatStandTwice()).isEmpty();

    assertThat(table(List.of(rows.get(0), rows.get(0))).itemsThatStandTwice())
        .containsExactly("toys/NOTES.md:15, Update, \"a\": the item stands twice");
  }

  @Test
  void ruleThatNoItemNamesIsFound() {
    assertThat(without("limit").rulesThatAreMissing())
        .containsExactly("toys/NOTES.md, Update: no item names the rule `toy.update.named`");
  }

  @Test
  void partOfTheOperationThatNoItemLeadsToIsFound() {
    assertMissing("id", "#/paths/~1toys~1{id}/parameters/id");
    assertMissing("limit", "#/paths/~1toys~1{id}/put/parameters/limit");
    assertMissing("toy", "#/components/schemas/Toy/properties/colours");
    assertMissing("thing", "#/components/schemas/Thing/properties/name");
    assertMissing("colour 1", "#/components/schemas/Colour/enum/1");
    assertMissing(
        "success",
        "#/paths/~1toys~1{id}/put/responses/200",
        "#/paths/~1toys~1{id}/put/responses/200/headers/ETag");
    assertMissing("error", "#/paths/~1toys~1{id}/put/responses/default");
    assertMissing("error's id", "#/components/responses/Error/headers/x-id");
    assertMissing(
        "error's text", "#/components/responses/Error/content/text~1plain/schema/properties/text");
  }

  private static void assertMissing(String item, String... pointers) {
    assertThat(without(item).placesThatAreMissing())
        .as(item)
        .containsExactly(
            List.of(pointers).stream()
                .map(pointer -> "toys/NOTES.md, Update: no item leads to `" + pointer + "`")
                .toArray(String[]::new));
  }

  @Test
  void pageOfNoOperationIsRefused() {
    String notes =
        "## Completeness\n### Gone\n[Gone](https://vendor.example/gone)\n| on the page | | |\n";

    assertThatThrownBy(() -> CompletenessNotes.tables(Contract.of("toys", YAML, notes)))
        .hasMessage("toys/NOTES.md: the page of Gone is of no operation");
  }
}
