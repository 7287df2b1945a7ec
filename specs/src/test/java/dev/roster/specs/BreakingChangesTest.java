package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakingChangesTest {

  private static final String RELEASED =
      """
      openapi: 3.0.3
      info: {title: Users, version: "1"}
      x-rules:
        - {id: users.all.order, says: Sorted., evidence: page}
      paths:
        /users/{name}:
          get:
            operationId: User_Get
            parameters:
              - {name: name, in: path, required: true, schema: {type: string}}
              - {name: expand, in: query, schema: {type: string}}
            responses:
              "200":
                description: It.
                headers:
                  ETag: {schema: {type: string}}
                content:
                  application/json:
                    schema: {$ref: "#/components/schemas/User"}
              "404": {description: None.}
          delete:
            operationId: User_Delete
            x-rules:
              - {id: users.delete.gone, says: Gone., evidence: choice, variants: [refuse, accept]}
            parameters:
              - {name: name, in: path, required: true, schema: {type: string}}
            responses:
              "204": {description: Gone.}
      components:
        schemas:
          User:
            type: object
            properties:
              name: {type: string}
              age: {type: integer}
      """;

  @Test
  void sameContractBreaksNothing() {
    assertThat(BreakingChanges.between(RELEASED, RELEASED).places()).isEmpty();
  }

  @Test
  void additionsBreakNothing() {
    assertThat(
            placesAfter(
                "age: {type: integer}", "age: {type: integer}\n        born: {type: string}"))
        .isEqualTo("{}");
  }

  @Test
  void droppedStatusBreaksItsOperation() {
    assertThat(placesAfter("        \"404\": {description: None.}\n", ""))
        .isEqualTo("{User_Get=breaks its callers: GET /users/{name}}");
  }

  @Test
  void changedTypeBreaksEachOperationThatTellsIt() {
    assertThat(placesAfter("age: {type: integer}", "age: {type: string}"))
        .isEqualTo("{User_Get=breaks its callers: GET /users/{name}}");
  }

  @Test
  void droppedPropertyIsNamed() {
    assertThat(placesAfter("        age: {type: integer}\n", ""))
        .isEqualTo("{User.age=is gone: a property}");
  }

  @Test
  void droppedHeaderBreaksItsOperation() {
    assertThat(placesAfter("ETag: {", "X-Tag: {"))
        .isEqualTo("{User_Get=breaks its callers: GET /users/{name}}");
  }

  @Test
  void newDutyOfCallersBreaksItsOperation() {
    assertThat(placesAfter("name: expand, in: query,", "name: expand, in: query, required: true,"))
        .isEqualTo("{User_Get=breaks its callers: GET /users/{name}}");
  }

  @Test
  void renamedOperationBreaksTheGeneratedClient() {
    assertThat(placesAfter("operationId: User_Get", "operationId: User_Read"))
        .isEqualTo("{User_Get=breaks its callers: GET /users/{name}}");
  }

  @Test
  void droppedOperationIsNamed() {
    assertThat(placesAfter("    delete:\n", "    put:\n"))
        .isEqualTo("{User_Delete=is gone: DELETE /users/{name}}");
  }

  @Test
  void goneRuleIsNamed() {
    assertThat(placesAfter("users.all.order", "users.all.sorted"))
        .isEqualTo("{users.all.order=is gone: a rule}");
  }

  @Test
  void goneVariantIsNamed() {
    assertThat(placesAfter("[refuse, accept]", "[refuse, ignore]"))
        .isEqualTo(
            "{users.delete.gone=has lost a variant: [refuse, accept] became [refuse, ignore]}");
  }

  @Test
  void otherDefaultIsNamed() {
    assertThat(placesAfter("[refuse, accept]", "[accept, refuse]"))
        .isEqualTo("{users.delete.gone=has another default: accept}");
  }

  private static String placesAfter(String text, String replacement) {
    assertThat(RELEASED).contains(text);
    return BreakingChanges.between(RELEASED, RELEASED.replace(text, replacement))
        .places()
        .toString();
  }
}
