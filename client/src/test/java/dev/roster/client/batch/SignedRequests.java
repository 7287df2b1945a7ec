package dev.roster.client.batch;

import dev.roster.client.http.FakeService.Received;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges signatures as a server does. */
final class SignedRequests {

  private static final List<String> SIGNED =
      List.of(
          "Content-Length",
          "Content-Type",
          "ocp-date",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since");

  private SignedRequests() {}

  /** The Authorization that belongs to a request, signed with the key of the tests. */
  static String expectedAuthorization(Received request) {
    Map<String, String> signed = new HashMap<>();
    SIGNED.stream()
        .filter(request.headers()::containsKey)
        .forEach(name -> signed.put(name, request.header(name)));
    return new SharedKeySigner(SharedKeySignerTest.ACCOUNT, SharedKeySignerTest.KEY)
        .authorization(request.method(), URI.create(request.uri()), signed);
  }
}
