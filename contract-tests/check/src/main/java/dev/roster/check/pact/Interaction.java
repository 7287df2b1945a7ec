package dev.roster.check.pact;

/**
 * An HTTP interaction of a pact.
 *
 * @param path without query
 * @param query encoded, may be empty
 * @param line where it begins in the file
 */
record Interaction(
    String description,
    String method,
    String path,
    String query,
    HttpPart request,
    int status,
    HttpPart response,
    int line) {}
