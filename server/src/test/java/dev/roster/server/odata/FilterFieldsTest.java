package dev.roster.server.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterFields.Builder;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterFieldsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not", "true", "false", "null", "/id", "1st", "odata.type", "@id", "a b", "é"})
  void refusesNamesThatCannotStandInAFilter(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterFields.builder().field(name, FieldType.STRING))
        .withMessage("A filter cannot contain the property " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "_id", "eq", "contains", "datetime", "Not", "pool2/node_3/x"})
  void takesEveryOtherName(String name) {
    FilterFields fields = FilterFields.builder().field(name, FieldType.STRING).build();

    assertThat(FilterParser.parse(name + " eq 'x'", fields))
        .isEqualTo(new Comparison(name, Operator.EQUAL, "x"));
  }

  @Test
  void refusesTheSameNameTwice() {
    Builder builder = FilterFields.builder().field("id", FieldType.STRING);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.field("id", FieldType.NUMBER))
        .withMessage("The property id is described twice");
  }

  @Test
  void namesMayDifferInCaseAloneOnlyWhereCaseMatters() {
    Builder builder =
        FilterFields.builder().field("id", FieldType.STRING).field("ID", FieldType.NUMBER);

    assertThat(FilterParser.parse("ID eq 5 and id eq 'x'", builder.build()))
        .isInstanceOf(FilterExpression.And.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.ignoreCase().build())
        .withMessage("The property ID differs from another one only in case");
  }

  @Test
  void refusesFunctionsOnAnythingButStrings() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FilterFields.builder()
                    .field("count", FieldType.NUMBER, Set.of(), Set.of(Function.CONTAINS)))
        .withMessage("Functions take strings, which count is not");
  }

  @Test
  void refusesAnOrderOfBooleans() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FilterFields.builder()
                    .field("enabled", FieldType.BOOLEAN, EnumSet.of(Operator.LESS_THAN)))
        .withMessage("The boolean property enabled has no order");
  }

  @Test
  void laterChangesOfTheBuilderLeaveAFinishedDescriptionAlone() {
    Builder builder = FilterFields.builder().field("id", FieldType.STRING);
    FilterFields fields = builder.build();
    builder.field("name", FieldType.STRING);

    assertThat(fields.find("name")).isEmpty();
    assertThat(builder.build().find("name")).isPresent();
  }
}
