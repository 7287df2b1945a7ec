package dev.roster.server.azurepack;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.Api;
import dev.roster.server.http.ApiListener;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.OptionalInt;

/** The port of the tenant interface. */
@Singleton
class TenantListener implements ApiListener {

  static final String PREFIX = "roster.pack.tenant";

  private final RosterConfig.AzurePack.Tenant settings;

  @Inject
  TenantListener(RosterConfig config) {
    this.settings = config.pack().tenant();
  }

  @Override
  public Api api() {
    return Api.AZURE_PACK;
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public OptionalInt port() {
    return settings.enabled() ? OptionalInt.of(settings.port()) : OptionalInt.empty();
  }
}
