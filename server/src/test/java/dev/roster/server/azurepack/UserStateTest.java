package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserStateTest {

  @ParameterizedTest
  @CsvSource({
    "0, PendingValidation, PENDING_VALIDATION",
    "1, Active, ACTIVE",
    "2, Suspended, SUSPENDED",
    "3, DeletePending, DELETE_PENDING"
  })
  void stateIsReadByItsNumberAndByItsNameInAnyCase(String number, String name, UserState state) {
    assertThat(state.wireName()).isEqualTo(name);
    for (String text :
        new String[] {number, name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)}) {
      assertThat(UserState.of(text)).as(text).contains(state);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4", "-1", "1.0", "01", " 1", "1 ", "Pending_Validation", "Activ", "Active2"})
  void anythingElseIsNoState(String text) {
    assertThat(UserState.of(text)).isEmpty();
  }
}
