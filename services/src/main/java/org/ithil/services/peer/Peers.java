package org.ithil.services.peer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.services.peer.PeerFormatException.Problem;

/** The peers known now, by symbolic names. Safe for concurrent use; may change at any time. */
public final class Peers {
  private static final String SETTING = "OrthancPeers";
  private static final long LARGEST = 64L << 20;

  private final Store store;

  private Peers(Store store) {
    this.store = store;
  }

  /** Those of a configuration; changes are forgotten with the process. */
  public static Peers inMemory(Map<String, Peer> initial) {
    return new Peers(new Memory(new ConcurrentSkipListMap<>(initial)));
  }

  /** Those of the index, where changes are durable (key {@code OrthancPeersInDatabase}). */
  public static Peers in(Index index) {
    return new Peers(new Rows(index));
  }

  /** Whether a text may be a symbolic name. */
  public static boolean isName(String text) {
    return text.matches("[A-Za-z0-9_-]+");
  }

  public Optional<Peer> get(String name) {
    return Optional.ofNullable(all().get(name));
  }

  /**
   * The peer that a job was made for when it was known.
   *
   * @throws PeerException.Gone if it is not any more
   */
  public Peer ofJob(String name) throws PeerException {
    return get(name).orElseThrow(() -> new PeerException.Gone(name, store instanceof Rows));
  }

  /** All, by their names. */
  public SortedMap<String, Peer> all() {
    return store.all();
  }

  /**
   * Adds one, in the place of an earlier one with that name.
   *
   * @throws PeerFormatException if a file that it names is not there
   */
  public void put(String name, Peer peer) {
    check("certificate", peer.certificate());
    check("key", peer.key());
    store.put(name, peer);
  }

  /** Removes one, if it is there; returns whether it was. */
  public boolean remove(String name) {
    return store.remove(name);
  }

  private static void check(String kind, String file) {
    if (!file.isEmpty() && (file.indexOf('\0') >= 0 || !Files.isRegularFile(Path.of(file)))) {
      throw new PeerFormatException(Problem.FILE, "Cannot open " + kind + " file: " + file);
    }
  }

  private sealed interface Store {
    SortedMap<String, Peer> all();

    void put(String name, Peer peer);

    boolean remove(String name);
  }

  private record Memory(ConcurrentSkipListMap<String, Peer> byName) implements Store {
    @Override
    public SortedMap<String, Peer> all() {
      return new TreeMap<>(byName);
    }

    @Override
    public void put(String name, Peer peer) {
      byName.put(name, peer);
    }

    @Override
    public boolean remove(String name) {
      return byName.remove(name) != null;
    }
  }

  private record Rows(Index index) implements Store {
    @Override
    public SortedMap<String, Peer> all() {
      return index.read(Rows::read);
    }

    @Override
    public void put(String name, Peer peer) {
      index.write(writer -> {
        SortedMap<String, Peer> all = read(writer);
        all.put(name, peer);
        writer.setSetting(SETTING, text(all));
        return true;
      });
    }

    @Override
    public boolean remove(String name) {
      return index.write(writer -> {
        SortedMap<String, Peer> all = read(writer);
        boolean there = all.remove(name) != null;
        if (there) {
          writer.setSetting(SETTING, text(all));
        }
        return there;
      });
    }

    private static SortedMap<String, Peer> read(IndexReader reader) {
      SortedMap<String, Peer> peers = new TreeMap<>();
      reader
          .setting(SETTING)
          .ifPresent(text -> {
            try {
              JsonValue value =
                  new JsonReader(LARGEST)
                      .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
              if (value instanceof JsonValue.Members all) {
                all.members().forEach((name, definition) -> peers.put(name, Peer.of(definition)));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      return peers;
    }

    private static String text(SortedMap<String, Peer> peers) {
      TreeMap<String, JsonValue> all = new TreeMap<>();
      peers.forEach((name, peer) -> all.put(name, peer.definition()));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (JsonWriter writer = new JsonWriter(out, "")) {
        JsonValue.object(all).write(writer);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toString(StandardCharsets.UTF_8);
    }
  }
}
