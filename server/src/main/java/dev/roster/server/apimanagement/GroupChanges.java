package dev.roster.server.apimanagement;

import org.openapitools.jackson.nullable.JsonNullable;

/** What a PATCH says of a group; each member is absent, null or a value. */
record GroupChanges(
    JsonNullable<String> displayName,
    JsonNullable<String> description,
    JsonNullable<String> type,
    JsonNullable<String> externalId) {}
