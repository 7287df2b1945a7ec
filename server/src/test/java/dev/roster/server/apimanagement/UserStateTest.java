package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UserStateTest {

  @ParameterizedTest
  @EnumSource
  void stateIsReadInAnyCaseAndWrittenInLowerCase(UserState state) {
    assertThat(UserState.of(state.name())).contains(state);
    assertThat(UserState.of(state.wireValue())).contains(state);
    assertThat(state.wireValue()).isEqualTo(state.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"0", "gone", "active ", "act", "activeblocked"})
  void anythingElseIsNoState(String text) {
    assertThat(UserState.of(text)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void onlyPendingUsersArePending(UserState state) {
    assertThat(state.canBecome(UserState.PENDING)).isEqualTo(state == UserState.PENDING);
    assertThat(state.canBecome(UserState.ACTIVE)).isTrue();
    assertThat(state.canBecome(UserState.BLOCKED)).isTrue();
    assertThat(state.canBecome(UserState.DELETED)).isTrue();
  }
}
