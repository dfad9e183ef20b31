/** A thousand subscribers by server-sent events on one server. */
package io.faultline.benchmarks.subscribers;
