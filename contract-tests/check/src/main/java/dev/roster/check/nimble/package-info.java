/** The documented behaviours of HPE Nimble Storage, users and tokens. */
package dev.roster.check.nimble;
