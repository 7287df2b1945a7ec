/**
 * Azure API Management: users of a service, their groups, identities and subscriptions, and as much
 * of the service as a client needs to get there, through Azure Resource Manager (ARM).
 *
 * <p>Documentation: <a
 * href="https://learn.microsoft.com/en-us/rest/api/apimanagement/?view=rest-apimanagement-2022-08-01">API
 * Management REST API, 2022-08-01</a>. Left out: everything of a service that is not about users,
 * the developer portal, the gateway, mails, and access rights.
 */
package dev.roster.server.apimanagement;
