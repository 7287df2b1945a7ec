package dev.roster.server.nimble;

/**
 * What makes a new user; every value is there and has been checked.
 *
 * @param inactivityTimeout seconds; 0 takes the group's
 */
record UserDefinition(
    String name,
    String description,
    UserRole role,
    long inactivityTimeout,
    String fullName,
    String emailAddress,
    boolean disabled) {}
