/**
 * HTTP: routes, who may call them, what they refuse and how. Nothing outside this package knows
 * Javalin.
 */
package io.faultline.server.http;
