/** What operators hold back, as the executor follows it. */
package io.faultline.executor.cordon;
