package dev.roster.client.http;

import java.util.function.Supplier;

/** One of those APIs whose clients send a bearer token. */
public interface BearerClientUnderTest extends ClientUnderTest {

  /** A builder that lacks the endpoint only. */
  AnyBuilder<?, ?> withoutEndpoint(Supplier<String> bearer);

  @Override
  default AnyBuilder<?, ?> withoutEndpoint() {
    return withoutEndpoint(() -> SECRET);
  }
}
