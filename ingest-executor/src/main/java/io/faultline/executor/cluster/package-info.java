/** Where runs run: what the executor asks of a cluster, of whatever kind. */
package io.faultline.executor.cluster;
