package dev.roster.client.nimble;

import dev.roster.client.http.ClientTest;

/** A test of the client of arrays. */
abstract class NimbleClientTest implements ClientTest {

  final NimbleUnderTest api = new NimbleUnderTest();
  final FakeArray array = api.array();
  final NimbleClient client = array.client().build();

  @Override
  public final NimbleUnderTest api() {
    return api;
  }
}
