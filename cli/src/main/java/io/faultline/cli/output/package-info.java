/** Prints answers: tables for people, JSON, YAML and lines of JSON for programs. */
package io.faultline.cli.output;
