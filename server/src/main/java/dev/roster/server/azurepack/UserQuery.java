package dev.roster.server.azurepack;

/**
 * Which users a caller wants to see.
 *
 * @param sortColumn of the table; nothing that a caller wrote
 * @param filter part of a name or an address, in lower case; empty for all
 * @param take the most that are wanted
 */
record UserQuery(int skip, int take, String sortColumn, boolean descending, String filter) {}
