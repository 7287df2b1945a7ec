package dev.roster.server.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.roster.server.odata.FilterExpression.And;
import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.FunctionCall;
import dev.roster.server.odata.FilterExpression.Not;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterExpression.Or;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilterExpressionTest {

  private static final Comparison TERM = new Comparison("name", Operator.EQUAL, "x");

  @Test
  void comparesOnlyWithLiterals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Comparison("name", Operator.EQUAL, 5))
        .withMessage("No literal has the type java.lang.Integer");
  }

  @Test
  void combinesAtLeastTwoTerms() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new And(List.of(TERM)))
        .withMessage("And and or take at least two terms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Or(List.of()))
        .withMessage("And and or take at least two terms");
  }

  @Test
  void keepsItsOwnCopyOfTheTerms() {
    List<FilterExpression> terms = new ArrayList<>(List.of(TERM, TERM));
    And and = new And(terms);
    terms.clear();

    assertThat(and.terms()).containsExactly(TERM, TERM);
  }

  @Test
  void hasNoMissingParts() {
    assertThatNullPointerException().isThrownBy(() -> new Not(null));
    assertThatNullPointerException()
        .isThrownBy(() -> new FunctionCall(Function.CONTAINS, "name", null));
  }

  @ParameterizedTest
  @EnumSource
  void flippingAnOperatorTwiceChangesNothing(Operator operator) {
    assertThat(operator.flipped().flipped()).isEqualTo(operator);
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, false",
    "NOT_EQUAL, false",
    "GREATER_THAN, true",
    "GREATER_OR_EQUAL, true",
    "LESS_THAN, true",
    "LESS_OR_EQUAL, true"
  })
  void knowsWhichOperatorsNeedAnOrder(Operator operator, boolean ordering) {
    assertThat(operator.isOrdering()).isEqualTo(ordering);
  }
}
