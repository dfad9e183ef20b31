/**
 * What operators and submitters wrote, in PostgreSQL's schema {@code control}: resources and their
 * revisions, submissions, tokens. This package alone writes it.
 */
package io.faultline.server.control;
