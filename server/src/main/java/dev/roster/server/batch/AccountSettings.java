package dev.roster.server.batch;

import java.time.Instant;

/**
 * What an account is set to.
 *
 * @param passwordHash null without a password
 * @param sshPublicKey null without a key
 * @param expiresAt never null
 */
record AccountSettings(String passwordHash, String sshPublicKey, Instant expiresAt) {}
