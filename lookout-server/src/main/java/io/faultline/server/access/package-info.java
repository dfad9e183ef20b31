/**
 * Who calls, and what they may do: users from settings and from an identity provider, their groups,
 * and the permissions that settings grant to groups. Nothing here knows HTTP routes.
 */
package io.faultline.server.access;
