package io.faultline.domain.set;

import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.ReplicatedJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which jobs of a set are whose, by their numbers. Immutable. */
public final class SetLayout {

  private final SetDefinition set;
  private final int[] firstJobs;
  private final int[] firstMembers;
  private final int[] firstReplicas;

  private final GroupShape shape;
  private final int jobs;
  private final int members;

  /** Of a set. */
  public SetLayout(SetDefinition set) {
    this.set = set;
    int templates = set.templates().size();
    firstJobs = new int[templates];
    firstMembers = new int[templates];
    firstReplicas = new int[templates];
    Map<String, Integer> replicas = new LinkedHashMap<>();
    int job = 0;
    int member = 0;
    for (int i = 0; i < templates; i++) {
      SetTemplate template = set.templates().get(i);
      firstJobs[i] = job;
      firstMembers[i] = member;
      firstReplicas[i] = replicas.getOrDefault(template.replicatedJob(), 0);
      replicas.merge(template.replicatedJob(), template.replicas(), Integer::sum);
      job += template.jobs();
      member += template.replicas();
    }
    jobs = job;
    members = member;
    List<ReplicatedJob> shapes = new ArrayList<>();
    replicas.forEach((name, count) -> shapes.add(new ReplicatedJob(name, count)));
    shape = new GroupShape(shapes);
  }

  /**
   * A member of a set.
   *
   * @param ordinal which one, from 0
   * @param template what it is made from
   * @param templateFirst the first job that is made from that
   * @param first its own first job
   * @param group as its failure policy sees it
   */
  public record Place(
      int ordinal, SetTemplate template, int templateFirst, int first, GroupMember group) {

    /** The one after its last job. */
    int end() {
      return first + template.pods();
    }
  }

  /** What the set is. */
  public SetDefinition set() {
    return set;
  }

  /** How many jobs it has. */
  public int jobs() {
    return jobs;
  }

  /** How many members it has. */
  public int members() {
    return members;
  }

  GroupShape shape() {
    return shape;
  }

  /** Whose a job is. */
  public Place memberOf(int job) {
    int i = at(firstJobs, job);
    return place(i, (job - firstJobs[i]) / set.templates().get(i).pods());
  }

  /** A member. */
  public Place member(int ordinal) {
    int i = at(firstMembers, ordinal);
    return place(i, ordinal - firstMembers[i]);
  }

  private Place place(int i, int replica) {
    SetTemplate template = set.templates().get(i);
    int index = firstReplicas[i] + replica;
    String name =
        set.gang()
            ? set.name() + "-" + index
            : set.name() + "-" + template.replicatedJob() + "-" + index;
    return new Place(
        firstMembers[i] + replica,
        template,
        firstJobs[i],
        firstJobs[i] + replica * template.pods(),
        new GroupMember(name, template.replicatedJob(), index));
  }

  private static int at(int[] firsts, int number) {
    int found = Arrays.binarySearch(firsts, number);
    return found >= 0 ? found : -found - 2;
  }
}
