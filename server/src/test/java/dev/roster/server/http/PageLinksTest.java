package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageLinksTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "p1", "é|\"x", "after:", "17"})
  void tokenGivesItsKeyBack(String key) {
    assertThat(PageLinks.lastKey(token("after:" + key))).contains(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p1", "cG9vbElk", "***", "YWZ0ZXI", "YWZ0ZXI6cDE=x", "é"})
  void tokensOfOthersAreNotRead(String token) {
    assertThat(PageLinks.lastKey(token)).isEmpty();
  }

  @Test
  void tokenWithWhatNoDatabaseKeepsIsNotRead() {
    assertThat(PageLinks.lastKey(token("after:a\0"))).isEmpty();
  }

  private static String token(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
