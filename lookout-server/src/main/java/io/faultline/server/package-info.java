/** REST, server-sent events and resources. */
package io.faultline.server;
