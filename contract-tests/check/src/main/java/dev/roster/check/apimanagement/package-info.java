/** The documented behaviours of Azure API Management, users. */
package dev.roster.check.apimanagement;
