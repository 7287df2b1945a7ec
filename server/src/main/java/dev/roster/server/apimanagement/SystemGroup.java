package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.Group.GroupDefinition;

/** The groups that every service has, in the order of their making, with the recorded texts. */
enum SystemGroup {
  ADMINISTRATORS(
      "Administrators", "Microsoft Azure subscription administrators fall into this group."),
  DEVELOPERS("Developers", "Signed-in users fall into this group."),
  GUESTS("Guests", "Unauthenticated users visiting the developer portal fall into this group.");

  private final String displayName;
  private final String members;

  SystemGroup(String displayName, String members) {
    this.displayName = displayName;
    this.members = members;
  }

  String id() {
    return ArmPath.key(displayName);
  }

  GroupDefinition definition() {
    return new GroupDefinition(
        displayName,
        "%s is a built-in group. Its membership is managed by the system. %s"
            .formatted(displayName, members),
        Group.SYSTEM,
        null);
  }
}
