/**
 * Where batches go: the interface that every sink keeps to, and a folder for each sink. A new sink
 * is one such folder and a subclass of the contract test.
 */
package io.faultline.ingester.sink;
