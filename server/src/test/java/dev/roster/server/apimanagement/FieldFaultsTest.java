package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import dev.roster.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldFaultsTest {

  private static List<Detail> details(FieldFaults faults) {
    try {
      faults.end();
      return List.of();
    } catch (ApiException e) {
      assertThat(e.error().status()).isEqualTo(400);
      assertThat(e.error().code()).isEqualTo("ValidationError");
      return e.error().details();
    }
  }

  @Test
  void withoutFaultsTheRequestGoesOn() {
    FieldFaults faults =
        new FieldFaults()
            .checkText("a", "x", 1)
            .checkLength("b", null, 1)
            .checkLength("b", "", 1)
            .check("c", true);

    assertThatCode(faults::end).doesNotThrowAnyException();
  }

  @Test
  @Covers("apim.common.validation-texts")
  void textsAreThoseOfTheService() {
    assertThat(
            details(
                new FieldFaults()
                    .checkText("email", "", 254)
                    .checkText("lastName", null, 100)
                    .checkText("firstName", "x".repeat(101), 100)
                    .check("identities[0].provider", false)))
        .containsExactly(
            new Detail("email", "'email' must not be empty."),
            new Detail("lastName", "'lastName' must not be empty."),
            new Detail(
                "firstName",
                "The length of 'firstName' must be 100 characters or fewer. You entered 101"
                    + " characters."),
            new Detail(
                "identities[0].provider", "The specified condition was not met for 'provider'."));
  }

  @Test
  void lengthsCountUtf16Units() {
    assertThat(details(new FieldFaults().checkLength("a", "\uD83D\uDE00", 2))).isEmpty();
    assertThat(details(new FieldFaults().checkLength("a", "\uD83D\uDE00", 1)))
        .containsExactly(
            new Detail(
                "a", "The length of 'a' must be 1 characters or fewer. You entered 2 characters."));
  }

  @Test
  void faultsKeepTheirOrder() {
    assertThatThrownBy(() -> new FieldFaults().add("b", "1").add("a", "2").add("b", "3").end())
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.error().details())
                    .extracting(Detail::value)
                    .containsExactly("1", "2", "3"));
  }
}
