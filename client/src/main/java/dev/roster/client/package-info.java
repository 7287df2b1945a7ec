/**
 * What the clients of all APIs have in common: the superclasses of their exceptions.
 *
 * <p>Start at {@link dev.roster.client.batch.BatchClient}, {@link
 * dev.roster.client.apimanagement.ApiManagementClient}, {@link
 * dev.roster.client.nimble.NimbleClient} or {@link dev.roster.client.azurepack.AzurePackClient}.
 */
package dev.roster.client;
