package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncStateTest {

  @ParameterizedTest
  @CsvSource({"0, InSync, IN_SYNC", "1, Syncing, SYNCING", "2, OutOfSync, OUT_OF_SYNC"})
  void stateIsReadByItsNumberAndByItsNameInAnyCase(String number, String name, SyncState state) {
    assertThat(state.wireName()).isEqualTo(name);
    for (String text :
        new String[] {number, name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)}) {
      assertThat(SyncState.of(text)).as(text).contains(state);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "-1", "1.0", "Synching", "In_Sync"})
  void anythingElseIsNoState(String text) {
    assertThat(SyncState.of(text)).isEmpty();
  }
}
