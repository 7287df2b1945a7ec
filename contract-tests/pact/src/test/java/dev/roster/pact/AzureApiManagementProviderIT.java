package dev.roster.pact;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.roster.server.apimanagement.AzureApiManagementStates;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** The server keeps the pact of Azure API Management. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@Provider(AzureApiManagementExpectation.PROVIDER)
@PactFolder("${testing.pacts}")
class AzureApiManagementProviderIT extends ProviderVerification {

  @Inject AzureApiManagementStates states;

  @Override
  Object states() {
    return states;
  }
}
