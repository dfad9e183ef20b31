/**
 * Readers of every file that people write.
 *
 * <ul>
 *   <li>{@code yaml}: YAML and JSON as typed nodes that know their place
 *   <li>{@code categories}: the categories document, and lint of it
 *   <li>{@code kubernetes}: a Pod and its Events as evidence
 *   <li>{@code group}: failure policies of sets, and sets with failed members
 *   <li>{@code jobset}: manifests of JobSet, and the podFailurePolicy of their Jobs
 *   <li>{@code json}: the one JSON form of domain records
 *   <li>{@code table}: table tests of rules, and what comes of them
 * </ul>
 */
package io.faultline.rules;
