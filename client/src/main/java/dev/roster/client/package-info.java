/**
 * What the clients of all APIs have in common: the superclasses of their exceptions.
 *
 * <p>Start at {@link dev.roster.client.batch.BatchClient} or {@link
 * dev.roster.client.apimanagement.ApiManagementClient}.
 */
package dev.roster.client;
