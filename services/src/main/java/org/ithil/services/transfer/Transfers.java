package org.ithil.services.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ithil.archive.Archive;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.peer.Peer;
import org.ithil.services.peer.PeerClient;
import org.ithil.services.peer.PeerException;
import org.ithil.services.peer.Peers;
import org.ithil.services.transfer.TransferException.Problem;

/**
 * Both sides of the transfers accelerator over an archive: what others are answered, and the jobs
 * that ask others. Safe for concurrent use.
 */
public final class Transfers implements AutoCloseable {
  private final Outside outside;
  private final TransferCounters counters = new TransferCounters();
  private final Lookup lookup;
  private final FileCache cache;
  private final PushTransactions pushes;
  private final PullTransfer pull;
  private final PushTransfer push;
  private final String originator;
  private final Supplier<UUID> uuids;

  /** How others are reached. */
  record Outside(TransferRules rules, Peers peers, PeerClient client) {
    Peer peer(String name) throws PeerException {
      return peers.get(name).orElseThrow(() -> new PeerException.Unknown(name));
    }
  }

  /** Makes it over an archive, which stays open when it is closed. */
  public Transfers(
      TransferRules rules, Peers peers, PeerClient client, Archive archive, Supplier<UUID> uuids) {
    this.outside = new Outside(rules, peers, client);
    this.uuids = uuids;
    this.originator = uuids.get().toString();
    this.lookup = new Lookup(archive.index(), archive.retrieval());
    this.cache = new FileCache(archive.index(), archive.retrieval(), rules.cacheSize(), counters);
    Storing storing = new Storing(archive.ingest(), rules.commitThreads());
    this.pushes =
        new PushTransactions(
            archive.spool(), storing, rules.maximumPushTransactions(), counters, uuids);
    this.pull = new PullTransfer(outside, archive.spool(), storing, uuids);
    this.push = new PushTransfer(outside, lookup, cache, archive.spool());
  }

  /** The types of the jobs that transfer. */
  public List<JobType> jobTypes() {
    return List.of(pull, push);
  }

  /**
   * A listener that has to hear of the jobs: what one has fetched, or has open at its peer, is let
   * go with it.
   */
  public void jobChanged(Job job) {
    if (job.status().state() == JobState.FAILURE) {
      pull.ended(job);
      push.ended(job);
    }
  }

  /** Names this run of this server. */
  public String originator() {
    return originator;
  }

  public TransferCounters counters() {
    return counters;
  }

  /** A name for a transfer that was given none. */
  public String newSender() {
    return uuids.get().toString();
  }

  /**
   * The files of resources, by identifier, each once.
   *
   * @param resources objects with {@code Level} and {@code ID}
   * @throws TransferException if one of them is malformed or unknown
   */
  public List<TransferredFile> lookup(List<JsonValue> resources) throws IOException {
    return lookup.files(resources);
  }

  /** Bytes to be sent; to be closed. */
  public interface Sending extends AutoCloseable {
    /** How many. */
    long size();

    /** From their beginning. */
    InputStream open() throws IOException;

    @Override
    void close();
  }

  /**
   * A part of files that follow one another.
   *
   * @param ids of instances, in any order, any number of times
   * @param offset bytes that are skipped
   * @param size most bytes; 0 for all
   * @throws TransferException UNKNOWN if an instance that is needed is not there
   */
  public Sending chunks(List<String> ids, long offset, long size) throws IOException {
    ChunkSequence chunks = new ChunkSequence();
    try {
      long skip = offset;
      for (String id : ids) {
        FileCache.Lease file = file(id);
        long length = file.bytes().size();
        long from = Math.min(skip, length);
        skip -= from;
        long wanted = size == 0 ? length - from : Math.min(length - from, size - chunks.size());
        chunks.add(file, from, wanted);
        if (size > 0 && chunks.size() == size) {
          break;
        }
      }
      return chunks;
    } catch (IOException | RuntimeException e) {
      chunks.close();
      throw e;
    }
  }

  private FileCache.Lease file(String id) throws IOException {
    Optional<ResourceId> instance = ResourceId.parse(id);
    Optional<FileCache.Lease> file =
        instance.isPresent() ? cache.open(instance.get()) : Optional.empty();
    return file.orElseThrow(() -> TransferException.of(Problem.UNKNOWN));
  }

  /** Opens a push of another server; see {@link PushTransactions}. */
  public UUID openPush(List<TransferredFile> files, List<Bucket> buckets, boolean gzip) {
    return pushes.open(files, buckets, gzip);
  }

  /**
   * Takes a bucket of a push.
   *
   * @throws TransferException if there is no such transaction or bucket, or it is not as announced
   */
  public void putBucket(UUID push, int number, InputStream body) throws IOException {
    pushes.put(push, number, body);
  }

  /**
   * Stores all files of a push, or none, and closes it.
   *
   * @throws TransferException if there is no such transaction, or a file cannot be taken
   */
  public void commitPush(UUID push) throws IOException, InterruptedException {
    pushes.commit(push);
  }

  /** Drops a push. */
  public void discardPush(UUID push) throws TransferException {
    pushes.discard(push);
  }

  /** Whether a peer takes part, as far as it can be known from here. */
  public enum PeerStatus {
    /** It does not answer, or does not take part. */
    DISABLED("disabled"),
    INSTALLED("installed"),
    /** It can be asked to pull, too. */
    BIDIRECTIONAL("bidirectional");

    private final String word;

    PeerStatus(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** Asks all peers, at the same time. */
  public SortedMap<String, PeerStatus> peers() throws InterruptedException {
    SortedMap<String, Peer> all = outside.peers().all();
    var answers = new ConcurrentHashMap<String, PeerStatus>();
    try (var parallel =
        new Parallel<>(
            List.copyOf(all.entrySet()),
            all.size(),
            true,
            peer -> answers.put(peer.getKey(), status(peer.getValue())))) {
      parallel.finish();
    } catch (IOException e) {
      throw new IllegalStateException(e); // whatever a peer does is a status
    }
    return new TreeMap<>(answers);
  }

  private PeerStatus status(Peer peer) throws InterruptedException {
    if (!Remote.takesPart(outside, peer)) {
      return PeerStatus.DISABLED;
    }
    return peer.remoteSelf().isPresent() ? PeerStatus.BIDIRECTIONAL : PeerStatus.INSTALLED;
  }

  /** A job that runs at a peer. */
  public record RemoteJob(String id, String url) {}

  /**
   * Asks a peer to pull, if it was configured under which name it knows this server.
   *
   * @return empty if it was not: it has to be pushed
   * @throws PeerException if the peer is unknown, or does not do it
   */
  public Optional<RemoteJob> askToPull(TransferRequest request)
      throws IOException, InterruptedException {
    Peer peer = outside.peer(request.peer());
    if (peer.remoteSelf().isEmpty()) {
      return Optional.empty();
    }
    TransferRequest theirs =
        new TransferRequest(
            request.resources(),
            peer.remoteSelf().get(),
            request.gzip(),
            Optional.of(originator),
            request.sender());
    String job = new Remote(outside, peer, request.sender()).pull(theirs);
    return Optional.of(new RemoteJob(job, peer.url() + "jobs/" + job));
  }

  /**
   * Checks that a peer is known.
   *
   * @throws PeerException if it is not
   */
  public void known(String peer) throws PeerException {
    outside.peer(peer);
  }

  /** Drops what is open; the jobs have to be stopped before. */
  @Override
  public void close() {
    pushes.close();
    pull.close();
    cache.close();
  }
}
