/**
 * A client of the users of Windows Azure Pack, for Roster and the real service.
 *
 * <p>Start at {@link dev.roster.client.azurepack.AzurePackClient}. The packages {@code model},
 * {@code api} and {@code invoker} below this one are generated from the contract; callers need only
 * {@code model}.
 *
 * <p>Source: <a
 * href="https://learn.microsoft.com/en-us/previous-versions/azure/windows-azure-pack/dn448694(v=msdn.10)">Windows
 * Azure Pack Service Management REST API</a>.
 */
package dev.roster.client.azurepack;
