package dev.roster.server.nimble;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.Api;
import dev.roster.server.http.ApiListener;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.OptionalInt;

/** The port of an array, which its clients do not let anybody choose. */
@Singleton
class NimbleListener implements ApiListener {

  private final RosterConfig.Nimble.Listener settings;

  @Inject
  NimbleListener(RosterConfig config) {
    this.settings = config.nimble().https();
  }

  @Override
  public Api api() {
    return Api.NIMBLE;
  }

  @Override
  public String prefix() {
    return "roster.nimble.https";
  }

  @Override
  public OptionalInt port() {
    return settings.enabled() ? OptionalInt.of(settings.port()) : OptionalInt.empty();
  }
}
