package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        " application/json ; odata=verbose",
        "application/json;"
      })
  void jsonIsJsonWithAnyParameters(String contentType) {
    assertThat(MediaTypes.isJson(contentType)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "json",
        "text/json",
        "application/",
        "application/json2",
        "application/merge-patch+json",
        "application/json, text/plain",
        "*/*"
      })
  void anythingElseIsNot(String contentType) {
    assertThat(MediaTypes.isJson(contentType)).isFalse();
  }
}
