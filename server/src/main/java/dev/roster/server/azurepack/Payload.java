package dev.roster.server.azurepack;

/**
 * A body as it came over the wire; JSON or XML, as its Content-Type says.
 *
 * @param bytes not copied, as nobody keeps them
 */
@SuppressWarnings("ArrayRecordComponent")
public record Payload(byte[] bytes) {}
