package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.UserChanges.GivenIdentity;
import java.util.List;

/** What a PUT says of a user; null stands for absent. */
record UserDefinition(
    String email,
    String firstName,
    String lastName,
    String password,
    String state,
    String note,
    List<GivenIdentity> identities) {}
