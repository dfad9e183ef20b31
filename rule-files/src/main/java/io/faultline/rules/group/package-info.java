/** Failure policies of sets, lint of them, and sets with failed members, for the group engine. */
package io.faultline.rules.group;
