package dev.roster.server.apimanagement;

/**
 * A group of users.
 *
 * @param id as it was first given
 * @param builtIn whether it is the system's, which callers cannot change
 */
record Group(String id, GroupDefinition definition, boolean builtIn, VersionTag version) {

  /** The types of groups. */
  static final String CUSTOM = "custom";

  static final String SYSTEM = "system";
  static final String EXTERNAL = "external";

  /**
   * What a caller says of a group.
   *
   * @param description null if there is none
   * @param externalId null for all but external groups
   */
  record GroupDefinition(String displayName, String description, String type, String externalId) {}
}
