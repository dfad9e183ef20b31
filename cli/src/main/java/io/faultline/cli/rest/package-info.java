/** Talks to a server: where it is, requests and problems, and streams of events. */
package io.faultline.cli.rest;
