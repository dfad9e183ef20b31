/**
 * Table tests of rules: a file of cases that people keep beside their rules. {@link
 * io.faultline.rules.table.RuleTestReader} reads it with all files that it names, {@link
 * io.faultline.rules.table.RuleTest#judge} compares what the rules make of a case with what it
 * expects.
 */
package io.faultline.rules.table;
