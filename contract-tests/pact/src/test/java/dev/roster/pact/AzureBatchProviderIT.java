package dev.roster.pact;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.roster.server.batch.AzureBatchStates;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** The server keeps the pact of Azure Batch. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@Provider(AzureBatchExpectation.PROVIDER)
@PactFolder("${testing.pacts}")
class AzureBatchProviderIT extends ProviderVerification {

  @Inject AzureBatchStates states;

  @Override
  Object states() {
    return states;
  }
}
