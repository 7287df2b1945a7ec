package dev.roster.testing;

import dev.roster.server.config.RosterConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Configurations of tests that run no server. */
public final class Configurations {

  private static final int ORDINAL = 100;

  private Configurations() {}

  /** That of a deployer who sets some properties and nothing else. */
  public static RosterConfig of(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withDefaultValue("user.home", "/nowhere")
        .withSources(new PropertiesConfigSource(properties, "test", ORDINAL))
        .withMapping(RosterConfig.class)
        .build()
        .getConfigMapping(RosterConfig.class);
  }
}
