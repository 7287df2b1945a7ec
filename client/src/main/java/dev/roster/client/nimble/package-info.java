/**
 * A client of the users and sessions of an HPE Nimble Storage array, for Roster and for real ones.
 *
 * <p>Start at {@link dev.roster.client.nimble.NimbleClient}. The packages {@code model}, {@code
 * api} and {@code invoker} below this one are generated from the contract; callers need only {@code
 * model}.
 *
 * <p>Source: <a
 * href="https://support.hpe.com/docs/display/public/nmtp351en_us/mnl1480349060560.html">HPE Nimble
 * Storage REST API Reference</a>, releases 4.4 to 5.2.
 */
package dev.roster.client.nimble;
