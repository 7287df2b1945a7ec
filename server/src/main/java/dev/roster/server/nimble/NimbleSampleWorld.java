package dev.roster.server.nimble;

import dev.roster.server.auth.Passwords;
import dev.roster.server.config.PublishedCredentials;
import dev.roster.server.http.RequestContext;
import dev.roster.server.sample.SampleWorld;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** The user of the documentation's sample, as it was before the sample request. */
@Singleton
class NimbleSampleWorld implements SampleWorld {

  /** What the documentation's id ends in. */
  private static final long SERIAL = 3;

  /** The documentation's example of a password; no sample uses one. */
  private static final String PASSWORD = "password-91";

  private static final int RANDOM_BYTES = 16;

  private final UserRepository users;
  private final Passwords passwords;
  private final RequestContext context;
  private final PublishedCredentials published;

  @Inject
  NimbleSampleWorld(
      UserRepository users,
      Passwords passwords,
      RequestContext context,
      PublishedCredentials published) {
    this.users = users;
    this.passwords = passwords;
    this.context = context;
    this.published = published;
  }

  @Override
  public String name() {
    return "nimble";
  }

  @Override
  public void create() {
    users.addBuiltIn(
        SERIAL,
        new UserDefinition("user729060021", "", UserRole.GUEST, 0, "", "", false),
        passwords.hash(published.work() ? PASSWORD : nobodysPassword(), context),
        Instant.ofEpochSecond(1_426_801_551));
  }

  private static String nobodysPassword() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
