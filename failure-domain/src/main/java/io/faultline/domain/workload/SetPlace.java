package io.faultline.domain.workload;

/**
 * Where the Jobs of one template stand in their set: all that is written on a pod of them besides
 * its template.
 *
 * @param setName the set's name
 * @param subdomain under which its pods find each other by host name; empty where they don't
 * @param replicatedJob the template's name
 * @param replicas how many Jobs are made of it, from 1
 * @param pods how many pods each of them has, from 1
 * @param jobsOfSet how many Jobs the set has
 * @param jobsBefore how many of them stand before those of this template
 * @param group the group that it is in
 * @param jobsOfGroup how many Jobs the group has
 * @param jobsOfGroupBefore how many of them stand before those of this template
 */
public record SetPlace(
    String setName,
    String subdomain,
    String replicatedJob,
    int replicas,
    int pods,
    int jobsOfSet,
    int jobsBefore,
    String group,
    int jobsOfGroup,
    int jobsOfGroupBefore) {}
