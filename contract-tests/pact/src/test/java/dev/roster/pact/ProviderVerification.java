package dev.roster.pact;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The server keeps what the client expects of an API, with a real database below it.
 *
 * <p>A subclass names the provider and gives its states. No pact at all is a failure: {@code
 * IgnoreNoPactsToVerify} must never stand on one.
 */
abstract class ProviderVerification {

  @Inject HttpServer server;

  /** Has a method for every state that the pact names. */
  abstract Object states();

  @BeforeEach
  void aimAtServer(PactVerificationContext context) {
    context.setTarget(new HttpTestTarget("localhost", server.getPort()));
    context.withStateChangeHandlers(states());
  }

  @TestTemplate
  @ExtendWith(PactVerificationInvocationContextProvider.class)
  void serverKeepsThePact(PactVerificationContext context) {
    context.verifyInteraction();
  }
}
