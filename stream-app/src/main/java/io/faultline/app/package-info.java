/** What every service shares. */
package io.faultline.app;
