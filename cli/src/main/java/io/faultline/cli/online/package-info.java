/** Commands that ask a server: jobs, failures, decisions, resources, events, dead letters. */
package io.faultline.cli.online;
