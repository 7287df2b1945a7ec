package dev.roster.server.azurepack;

import dev.roster.server.sample.SampleWorld;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The user of the documented response of Update a User. */
@Singleton
class PackSampleWorld implements SampleWorld {

  private static final Instant CREATED = Instant.parse("2013-06-27T21:15:30.787Z");

  private static final User USER =
      new User(
          "aaa@bbb.com",
          "aaa@bbb.com",
          UserState.ACTIVE,
          CREATED,
          1,
          Optional.of(
              "One or more errors occurred while contacting the underlying resource providers. The"
                  + " operation may be partially completed. Details: The request to the underlying"
                  + " service has timed out."),
          CREATED,
          Optional.empty(),
          Optional.empty());

  private final UserRepository users;

  @Inject
  PackSampleWorld(UserRepository users) {
    this.users = users;
  }

  @Override
  public String name() {
    return "azure-pack";
  }

  @Override
  public void create() {
    users.add(USER);
  }
}
