package dev.roster.pact;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.roster.server.nimble.NimbleStates;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** The server keeps the pact of HPE Nimble Storage. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@Provider(NimbleExpectation.PROVIDER)
@PactFolder("${testing.pacts}")
class NimbleProviderIT extends ProviderVerification {

  @Inject NimbleStates states;

  @Override
  Object states() {
    return states;
  }
}
