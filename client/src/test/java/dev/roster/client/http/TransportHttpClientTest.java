package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TransportHttpClientTest {

  @Test
  void textIsReadAsUtf8WhateverThePlatformsCharset() {
    byte[] json = "{\"id\":\"é\uD83D\uDE00\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(TransportHttpClient.jsonFor(StandardCharsets.UTF_8, json)).isEqualTo(json);
    assertThat(TransportHttpClient.jsonFor(StandardCharsets.US_ASCII, json))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("{\"id\":\"\\u00e9\\ud83d\\ude00\"}");
  }
}
