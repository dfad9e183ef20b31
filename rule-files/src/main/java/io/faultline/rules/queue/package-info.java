/** Queues: {@link io.faultline.rules.queue.QueueReader} reads the document of one. */
package io.faultline.rules.queue;
