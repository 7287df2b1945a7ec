/**
 * Internal: how the clients of all APIs send requests and read answers.
 *
 * <p>The types are public only because each API's client has a package of its own. Do not call
 * them; they change without notice.
 */
package dev.roster.client.http;
