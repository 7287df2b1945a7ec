/**
 * A client of the users of Azure API Management, for Roster and the real service.
 *
 * <p>Start at {@link dev.roster.client.apimanagement.ApiManagementClient}. The packages {@code
 * model}, {@code api} and {@code invoker} below this one are generated from the contract; callers
 * need only {@code model}.
 *
 * <p>Source: <a
 * href="https://learn.microsoft.com/en-us/rest/api/apimanagement/?view=rest-apimanagement-2022-08-01">API
 * Management REST API</a>, version 2022-08-01.
 */
package dev.roster.client.apimanagement;
