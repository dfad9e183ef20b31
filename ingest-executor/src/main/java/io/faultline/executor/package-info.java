/** Claims runs, runs them, reports what happened. */
package io.faultline.executor;
