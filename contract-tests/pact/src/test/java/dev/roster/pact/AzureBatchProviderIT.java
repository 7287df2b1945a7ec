package dev.roster.pact;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.roster.server.batch.AzureBatchStates;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The server keeps what the client expects of Azure Batch, with a real database below it.
 *
 * <p>No pact at all is a failure: {@code @IgnoreNoPactsToVerify} must never stand here.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@Provider(Expectation.PROVIDER)
@PactFolder("${testing.pacts}")
class AzureBatchProviderIT {

  @Inject AzureBatchStates states;
  @Inject HttpServer server;

  @BeforeEach
  void aimAtServer(PactVerificationContext context) {
    context.setTarget(new HttpTestTarget("localhost", server.getPort()));
    context.withStateChangeHandlers(states);
  }

  @TestTemplate
  @ExtendWith(PactVerificationInvocationContextProvider.class)
  void serverKeepsThePact(PactVerificationContext context) {
    context.verifyInteraction();
  }
}
