package dev.roster.server.azurepack;

import dev.roster.server.config.RosterConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the configuration lets the resource providers, which are not there, do. */
@Singleton
class Synchronisation {

  /** The text that the documentation prints before what a provider said. */
  private static final String PREAMBLE =
      "One or more errors occurred while contacting the underlying resource providers. The operation"
          + " may be partially completed. Details: ";

  private final RosterConfig.AzurePack settings;
  private final Optional<Pattern> failing;

  @Inject
  Synchronisation(RosterConfig config) {
    this.settings = config.pack();
    this.failing =
        settings.sync().failingUsers().map(text -> Pattern.compile(text, Pattern.CASE_INSENSITIVE));
  }

  /** What a synchronisation of a user that begins now will end with; empty if it succeeds. */
  Optional<String> failure(String name) {
    return failing
        .filter(pattern -> pattern.matcher(name).matches())
        .map(pattern -> PREAMBLE + settings.sync().error());
  }

  /** How long a synchronisation takes. */
  Duration duration() {
    return settings.sync().duration();
  }

  /** How long a deletion takes. */
  Duration deletion() {
    return settings.deleting();
  }
}
