package org.ithil.archive.reconstruction;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.statistics.Statistics;
import org.ithil.dicom.io.ReadOptions;

/**
 * Makes what the index keeps of files anew from the files. Safe for concurrent use.
 *
 * <p>Resources get their main tags from the first of their instances that can be read, in the order
 * in which they came, as when they came. Metadata, labels, other attachments and identifiers stay;
 * nothing is logged as a change. A file that cannot be read is left out, and told to the log.
 */
public final class Reconstruction {
  /** The name of the type of those jobs that clients see. */
  public static final String SEEN = "ResourceReconstruction";

  /** The name of the type of those jobs that they do not see. */
  public static final String UNSEEN = "Reconstruction";

  /** Unseen jobs that do something at the same time: the engine has a thread more for its own. */
  private static final int UNSEEN_AT_ONCE = 2;

  private final Index index;
  private final Instances instances;
  private final List<JobType> types;

  /** Whose main tags are written anew. */
  public record Target(Level level, ResourceId id) {}

  /**
   * What is wanted.
   *
   * @param resource all that is below it, and the main tags of its parents; empty for the whole
   *     archive
   * @param files whether the files are stored anew too, as they are stored now
   * @param thisLevelOnly whether only the main tags of the resource itself are written
   */
  public record Request(Optional<Target> resource, boolean files, boolean thisLevelOnly) {
    public Request {
      if (thisLevelOnly && resource.isEmpty()) {
        throw new IllegalArgumentException("the whole archive is of no level");
      }
    }
  }

  /**
   * @param options limits for files, and the dictionary
   */
  public Reconstruction(
      Index index, Retrieval retrieval, Ingest ingest, Spool spool, ReadOptions options) {
    this.index = index;
    this.instances = new Instances(index, retrieval, ingest, spool, options);
    this.types =
        List.of(
            new ReconstructionJob(index, instances, Optional.empty()),
            new ReconstructionJob(
                index, instances, Optional.of(new Semaphore(UNSEEN_AT_ONCE, true))));
  }

  /**
   * Writes the main tags of the patient, the study and the series of an instance anew, from its
   * file, in one transaction. Nothing happens if the instance is unknown or has no file.
   *
   * @throws IOException if its file cannot be read
   */
  public void parents(ResourceId instance) throws IOException {
    instances.write(instance, Part.PARENTS);
  }

  /** The types of its jobs, to be registered with the engine. */
  public List<JobType> jobTypes() {
    return types;
  }

  /**
   * A job that does what is wanted.
   *
   * @param isSeen whether clients see it among the jobs
   */
  public Submission submission(Request request, boolean isSeen) {
    long count = index.read(reader -> count(reader, request));
    return Submission.of(isSeen ? SEEN : UNSEEN, Seed.write(request, count));
  }

  private static long count(IndexReader reader, Request request) {
    return request
        .resource()
        .map(target -> reader.statistics(target.level(), target.id()))
        .orElseGet(() -> Optional.of(reader.statistics()))
        .map(statistics -> visited(request, statistics))
        .orElse(0L);
  }

  /** How many instances are read: those of the whole resource, or one. */
  private static long visited(Request request, Statistics statistics) {
    return request.thisLevelOnly() && !request.files() ? 1 : statistics.instances();
  }

  /** What is wanted, as a job keeps it. */
  record Seed(Request request, long instances) {
    private static final String LEVEL = "Level";
    private static final String ID = "ID";
    private static final String FILES = "ReconstructFiles";
    private static final String ONLY = "LimitToThisLevelMainDicomTags";
    private static final String COUNT = "InstancesCount";

    static JsonValue.Members write(Request request, long instances) {
      var members = new java.util.TreeMap<String, JsonValue>();
      request
          .resource()
          .ifPresent(target -> {
            members.put(LEVEL, new JsonValue.Text(target.level().type()));
            members.put(ID, new JsonValue.Text(target.id().toString()));
          });
      members.put(FILES, new JsonValue.Flag(request.files()));
      members.put(ONLY, new JsonValue.Flag(request.thisLevelOnly()));
      members.put(COUNT, new JsonValue.Whole(instances));
      return new JsonValue.Members(members);
    }

    static Seed read(JsonValue.Members json) {
      Optional<Target> target =
          json.get(LEVEL) instanceof JsonValue.Text(String level)
                  && json.get(ID) instanceof JsonValue.Text(String id)
              ? Optional.of(new Target(level(level), ResourceId.parse(id).orElseThrow()))
              : Optional.empty();
      long count = json.get(COUNT) instanceof JsonValue.Whole(long number) ? number : 0;
      return new Seed(new Request(target, flag(json, FILES), flag(json, ONLY)), count);
    }

    private static Level level(String type) {
      for (Level level : Level.values()) {
        if (level.type().equals(type)) {
          return level;
        }
      }
      throw new IllegalArgumentException("no level: " + type);
    }

    private static boolean flag(JsonValue.Members json, String name) {
      return json.get(name) instanceof JsonValue.Flag(boolean flag) && flag;
    }
  }
}
