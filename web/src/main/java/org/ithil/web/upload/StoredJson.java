package org.ithil.web.upload;

import java.io.IOException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;

/** What clients are told of an instance that was taken. */
public final class StoredJson {
  private StoredJson() {}

  /** Writes an object. */
  public static void write(JsonWriter json, IngestOutcome outcome) throws IOException {
    Lineage lineage = outcome.lineage();
    json.beginObject()
        .member("ID", lineage.instance().toString())
        .member("ParentPatient", lineage.patient().toString())
        .member("ParentSeries", lineage.series().toString())
        .member("ParentStudy", lineage.study().toString())
        .member("Path", "/" + Level.INSTANCE.plural() + "/" + lineage.instance())
        .member(
            "Status",
            switch (outcome) {
              case IngestOutcome.Stored _ -> "Success";
              case IngestOutcome.AlreadyStored _ -> "AlreadyStored";
              case IngestOutcome.FilteredOut _ -> "FilteredOut";
            })
        .endObject();
  }
}
