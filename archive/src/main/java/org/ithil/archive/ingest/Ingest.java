package org.ithil.archive.ingest;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.blob.StorageFullException;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.index.NewInstance;
import org.ithil.archive.ingest.IngestException.Problem;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes instances into the archive. Safe for concurrent use.
 *
 * <pre>
 * spooled file → whole structure read, pixels skipped → facts → filter
 *   → blob kept → one transaction of the index → answer
 * </pre>
 *
 * A blob is kept before the index names it: a crash between the two leaves a blob that nobody
 * names, never a name without blob.
 */
public final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private static final int LARGE_VALUE = 4096;
  private static final long MOST_IN_MEMORY = 8L << 20;

  private final IngestRules rules;
  private final Room room;
  private final Storage storage;
  private final Reading reading;
  private final ReadOptions options;
  private final Clock clock;
  private final Keeping keeping;
  private final Runnable added;

  /**
   * Where instances are kept.
   *
   * @param compress whether new blobs are compressed
   */
  public record Storage(Index index, BlobStore blobs, Spool spool, boolean compress) {}

  /**
   * What an instance that was made of others brings with it: written in its transaction.
   *
   * @param metadata for each level, text by number; written to parents that are there already, too
   * @param labels for each level
   * @param rewritesParents whether its parents, those that are there already too, get the main tags
   *     that it has
   * @param spared patients of which it was made: they are not recycled to make room for it
   */
  public record Inheritance(
      Map<Level, Map<Integer, String>> metadata,
      Map<Level, Set<String>> labels,
      boolean rewritesParents,
      Set<ResourceId> spared) {
    /** Nothing. */
    public static final Inheritance NONE = new Inheritance(Map.of(), Map.of(), false, Set.of());
  }

  /** Notes blobs that nobody has been told of yet, so that a next process finds them. */
  public interface Journal {
    /** A blob will be kept, for an instance. */
    void begin(UUID blob, ResourceId instance);

    /** The index names the blob, or it is removed. */
    void end(UUID blob);
  }

  /**
   * How files are read.
   *
   * @param options limits, and the dictionary
   */
  public record Reading(DefaultCharacterSet encoding, ReadOptions options, IngestFilter filter) {}

  /**
   * @param added is run after each instance that was added
   */
  public Ingest(
      IngestRules rules,
      Storage storage,
      Reading reading,
      Clock clock,
      Journal journal,
      Runnable added) {
    this.rules = rules;
    this.room = new Room(rules);
    this.storage = storage;
    this.reading = reading;
    this.options =
        reading
            .options()
            .withLargeValue(LARGE_VALUE)
            .withMaxInMemory(Math.min(MOST_IN_MEMORY, reading.options().maxInMemory()));
    this.clock = clock;
    this.keeping = new Keeping(storage, rules.storeMd5(), journal);
    this.added = added;
  }

  /**
   * Takes a DICOM file. When it returns {@link IngestOutcome.Stored}, the instance is durable and
   * findable.
   *
   * @param file used up, whatever happens
   * @throws IngestException if it cannot be kept; nothing of it remains
   */
  public IngestOutcome ingest(SpooledFile file, Origin origin) throws IngestException {
    return ingest(file, origin, Inheritance.NONE, Turn.ANY);
  }

  /** The same for an instance that was made of others. */
  public IngestOutcome ingest(SpooledFile file, Origin origin, Inheritance inheritance)
      throws IngestException {
    return ingest(file, origin, inheritance, Turn.ANY);
  }

  /** The same, but the index is written when it is this one's turn. */
  IngestOutcome ingest(SpooledFile file, Origin origin, Inheritance inheritance, Turn turn)
      throws IngestException {
    return guarded(file, () -> take(file, checked(file), new Arrival(origin, inheritance), turn));
  }

  /** How an instance comes. */
  private record Arrival(Origin origin, Inheritance inheritance) {}

  /** The place of an instance among those that are taken at the same time. */
  interface Turn {
    /** Of an instance that is taken alone. */
    Turn ANY =
        new Turn() {
          @Override
          public void await() {}

          @Override
          public void pass() {}
        };

    /** Waits until all before have passed. */
    void await();

    /** Lets the next one go on, if all before have passed. */
    void pass();
  }

  /**
   * The same for a file that was looked at before, so that its header is not read twice.
   *
   * @param parsed what {@link #read} gave for this very file
   */
  public IngestOutcome ingest(SpooledFile file, DicomFile parsed, Origin origin)
      throws IngestException {
    return guarded(file, () -> take(file, parsed, new Arrival(origin, Inheritance.NONE), Turn.ANY));
  }

  /**
   * Reads a file as it is read when it is taken: its whole structure, within the same limits.
   *
   * @throws DicomFormatException if it is no DICOM file, a broken one, or beyond a limit
   */
  public DicomFile read(SpooledFile file) throws IOException {
    return DicomReader.readFile(file, options);
  }

  /**
   * Which resources a file would be, if it were taken.
   *
   * @throws DicomFormatException if it is no DICOM file, a broken one, or beyond a limit
   * @throws IngestException if it lacks an identifier
   */
  public Lineage lineage(SpooledFile file) throws IOException, IngestException {
    return lineage(read(file).dataSet(), file.size());
  }

  /**
   * The same for the data set of a file.
   *
   * @param size of the file in bytes, for the exception
   */
  public Lineage lineage(DataSet dataSet, long size) throws IngestException {
    return Facts.lineage(dataSet, dataSet.characterSet(reading.encoding().get()), size);
  }

  /**
   * What the index keeps of a file's main tags.
   *
   * @param mainTags for each level, text by tag
   * @param signatures for each level, the signature of its main tags
   */
  public record Description(
      Map<Level, Map<Integer, String>> mainTags, Map<Level, String> signatures) {
    /** The main tags of a level, text by tag. */
    public Map<Integer, String> of(Level level) {
      return mainTags.getOrDefault(level, Map.of());
    }

    public String signature(Level level) {
      return signatures.getOrDefault(level, "");
    }
  }

  /** The main tags of a file, as they would be kept if it came now. */
  public Description describe(DicomFile file) {
    DataSet dataSet = file.dataSet();
    return new Description(
        Facts.mainTags(dataSet, rules.mainTags(), dataSet.characterSet(reading.encoding().get())),
        signatures());
  }

  private interface Taking {
    IngestOutcome run() throws IngestException, IOException;
  }

  private static IngestOutcome guarded(SpooledFile file, Taking taking) throws IngestException {
    try (file) {
      IngestOutcome outcome = taking.run();
      LOG.info("instance {}: {}", outcome.lineage().instance(), word(outcome));
      return outcome;
    } catch (StorageFullException e) {
      throw new IngestException(Problem.STORAGE_FULL, message(e), file.size(), 0, e);
    } catch (Room.NoRoomException e) {
      throw new IngestException(Problem.STORAGE_FULL, message(e), file.size(), 0, null);
    } catch (IndexException e) {
      Problem problem = e.isFull() ? Problem.STORAGE_FULL : Problem.STORAGE_FAILED;
      throw new IngestException(problem, message(e), file.size(), 0, e);
    } catch (IOException e) {
      throw new IngestException(Problem.STORAGE_FAILED, message(e), file.size(), 0, e);
    }
  }

  private static String word(IngestOutcome outcome) {
    return switch (outcome) {
      case IngestOutcome.Stored _ -> "stored";
      case IngestOutcome.AlreadyStored _ -> "stored already";
      case IngestOutcome.FilteredOut _ -> "filtered out";
    };
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private IngestOutcome take(SpooledFile file, DicomFile parsed, Arrival arrival, Turn turn)
      throws IngestException, IOException {
    Instant now = clock.instant();
    Origin origin = arrival.origin();
    Inheritance inheritance = arrival.inheritance();
    Facts facts =
        Facts.of(parsed, file.size(), origin, now, rules.mainTags(), reading.encoding().get());
    Lineage lineage = facts.lineage();
    if (!reading.filter().accepts(parsed, origin)) {
      return new IngestOutcome.FilteredOut(lineage);
    }
    String md5 = file.md5();
    if (rules.overwrite() != Overwrite.ALWAYS
        && storage.index().read(reader -> stays(reader, lineage.instance(), md5))) {
      return new IngestOutcome.AlreadyStored(lineage);
    }
    IngestOutcome outcome =
        keeping.keep(
            rules.storeDicom() ? Optional.of(file) : Optional.empty(),
            lineage.instance(),
            attachments -> {
              NewInstance instance = instance(facts, inheritance, attachments, now);
              turn.await();
              Supplier<IngestOutcome> commit =
                  storage.index().queue(writer -> add(writer, instance, md5, inheritance));
              turn.pass();
              return commit.get();
            },
            IngestOutcome.Stored.class::isInstance);
    if (outcome instanceof IngestOutcome.Stored) {
      added.run();
    }
    return outcome;
  }

  private DicomFile checked(SpooledFile file) throws IngestException, IOException {
    if (file.size() == 0) {
      throw new IngestException(Problem.EMPTY_FILE, "the file is empty", 0, 0, null);
    }
    try {
      return read(file);
    } catch (DicomFormatException e) {
      throw new IngestException(Problem.NOT_DICOM, message(e), file.size(), e.tag(), e);
    }
  }

  /** Whether an instance is there and is not to be overwritten by bytes with this MD5. */
  private boolean stays(IndexReader reader, ResourceId instance, String md5) {
    return switch (rules.overwrite()) {
      case ALWAYS -> false;
      case NEVER -> reader.exists(Level.INSTANCE, instance);
      case IF_CHANGED ->
          reader
              .attachment(Level.INSTANCE, instance, Attachment.DICOM)
              .flatMap(Attachment::md5)
              .equals(Optional.of(md5));
    };
  }

  /**
   * Keeps the file of an instance once more, under a new name and in the way files are kept now.
   * The blob is removed unless the index names it.
   *
   * @param file used up, whatever happens
   * @param naming lets the index name the blob; false if it does not
   * @return what {@code naming} said
   */
  public boolean keepAgain(ResourceId instance, SpooledFile file, Predicate<Attachment> naming)
      throws IOException {
    try (file) {
      return keeping.keep(
          Optional.of(file),
          instance,
          attachments -> naming.test(attachments.getFirst()),
          named -> named);
    }
  }

  private NewInstance instance(
      Facts facts, Inheritance inheritance, List<Attachment> attachments, Instant now) {
    return new NewInstance(
        facts.lineage(),
        facts.mainTags(),
        signatures(),
        Heritage.together(facts.metadata(), inheritance),
        attachments,
        now,
        now.plus(rules.stableAge()));
  }

  private Map<Level, String> signatures() {
    Map<Level, String> signatures = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      signatures.put(level, rules.mainTags().signature(level));
    }
    return signatures;
  }

  /** Runs in the transaction; the instance may have come meanwhile and stay. */
  private IngestOutcome add(
      IndexWriter writer, NewInstance instance, String md5, Inheritance inheritance) {
    ResourceId id = instance.lineage().instance();
    boolean replaced = writer.exists(Level.INSTANCE, id);
    if (replaced) {
      if (stays(writer, id, md5)) {
        return new IngestOutcome.AlreadyStored(instance.lineage());
      }
      writer.deleteForReplacement(id);
    }
    long bytes = instance.attachments().stream().mapToLong(Attachment::storedSize).sum();
    Set<ResourceId> spared = new HashSet<>(inheritance.spared());
    spared.add(instance.lineage().patient());
    room.make(writer, instance.lineage().patient(), spared, bytes);
    Set<Level> created = writer.add(instance).created();
    Heritage.write(writer, instance, inheritance, created);
    return new IngestOutcome.Stored(instance.lineage(), replaced);
  }

  /**
   * True while a blob is kept that the index does not name yet; for ever if the index failed, so
   * that nobody knows whether it will name it.
   */
  public boolean isUnderway(UUID blob) {
    return keeping.isUnderway(blob);
  }
}
