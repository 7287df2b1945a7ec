package dev.roster.client.batch;

import dev.roster.client.http.ClientTest;
import dev.roster.client.http.FakeService;

/** A test of the client of Batch. */
abstract class BatchClientTest implements ClientTest {

  final BatchUnderTest api = new BatchUnderTest();
  final FakeService service = api.service();

  @Override
  public final BatchUnderTest api() {
    return api;
  }
}
