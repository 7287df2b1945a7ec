package dev.roster.pact;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.roster.server.azurepack.AzurePackStates;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** The server keeps the pact of Windows Azure Pack. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@Provider(AzurePackExpectation.PROVIDER)
@PactFolder("${testing.pacts}")
class AzurePackProviderIT extends ProviderVerification {

  @Inject AzurePackStates states;

  @Override
  Object states() {
    return states;
  }
}
