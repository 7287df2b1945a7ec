package dev.roster.server.azurepack;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.Api;
import dev.roster.server.http.ApiListener;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.OptionalInt;

/** The port of the administrator interface. */
@Singleton
class AdminListener implements ApiListener {

  private final RosterConfig.AzurePack.Admin settings;

  @Inject
  AdminListener(RosterConfig config) {
    this.settings = config.pack().admin();
  }

  @Override
  public Api api() {
    return Api.AZURE_PACK;
  }

  @Override
  public String prefix() {
    return "roster.pack.admin";
  }

  @Override
  public OptionalInt port() {
    return settings.enabled() ? OptionalInt.of(settings.port()) : OptionalInt.empty();
  }
}
