package org.ithil.web.metadata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.jspecify.annotations.Nullable;

/**
 * PUT and DELETE of metadata. The identifier may be one of another level than that of the path, as
 * clients of the reference are used to.
 */
final class MetadataWriting {
  private final Index index;
  private final Metadata metadata;
  private final int longest;
  private final boolean checkRevisions;
  private final InstantSource clock;

  MetadataWriting(
      Index index, Metadata metadata, int longest, boolean checkRevisions, InstantSource clock) {
    this.index = index;
    this.metadata = metadata;
    this.longest = longest;
    this.checkRevisions = checkRevisions;
    this.clock = clock;
  }

  Answer put(Request request) throws IOException {
    ResourceId id = request.resource();
    OptionalInt number = userNumber(request);
    if (number.isEmpty()) {
      return Answer.empty(403);
    }
    ETag known = ETag.in(request, "if-match");
    String text = request.text(longest);
    long revision =
        index.write(writer -> {
          Level level = writer.level(id).orElseThrow(ApiException::unknownResource);
          Metadata.Entry old = writer.metadata(level, id, number.getAsInt()).orElse(null);
          if (old != null) {
            check(old, known, checkRevisions);
          }
          writer.setMetadata(level, id, number.getAsInt(), text);
          changed(writer, level, id);
          return writer.metadata(level, id, number.getAsInt()).orElseThrow().revision();
        });
    return Answer.done()
        .with("ETag", ETag.of(revision, text.getBytes(StandardCharsets.UTF_8)).text());
  }

  Answer delete(Request request) {
    ResourceId id = request.resource();
    OptionalInt number = userNumber(request);
    if (number.isEmpty()) {
      return Answer.empty(403);
    }
    ETag known = ETag.in(request, "if-match");
    if (known == null && checkRevisions) {
      throw ApiException.of(
          ErrorCode.REVISION,
          "HTTP header \"If-Match\" is missing, as \"CheckRevisions\" is \"true\"");
    }
    index.write(writer -> {
      Level level = writer.level(id).orElseThrow(ApiException::unknownResource);
      Metadata.Entry old =
          writer.metadata(level, id, number.getAsInt()).orElseThrow(ApiException::unknownResource);
      check(old, known, checkRevisions);
      writer.removeMetadata(level, id, number.getAsInt());
      changed(writer, level, id);
      return true;
    });
    return Answer.done();
  }

  private void changed(IndexWriter writer, Level level, ResourceId id) {
    writer.logChange(ChangeType.UPDATED_METADATA, level, id, clock.instant());
  }

  private static void check(Metadata.Entry old, @Nullable ETag known, boolean must) {
    ETag current = ETag.of(old.revision(), old.text().getBytes(StandardCharsets.UTF_8));
    if (known == null ? must : !known.equals(current)) {
      throw ApiException.of(ErrorCode.REVISION);
    }
  }

  /** The number of the path if users may write it. */
  private OptionalInt userNumber(Request request) {
    String name = request.variable("name");
    OptionalInt number = metadata.number(name);
    if (number.isEmpty() && !name.matches("-?[0-9]+")) {
      throw ApiException.of(ErrorCode.INEXISTENT_ITEM);
    }
    return number.isPresent()
            && number.getAsInt() >= Metadata.FIRST_USER
            && number.getAsInt() <= Metadata.LAST_USER
        ? number
        : OptionalInt.empty();
  }
}
