/**
 * The one JSON form of domain records, for REST, rows, and what the command prints; and back where
 * people write such files. Field names are made nowhere else.
 */
package io.faultline.rules.json;
