package org.ithil.services.creation;

import org.ithil.dicom.data.DataSet;
import org.jspecify.annotations.Nullable;

/** placeholder until next step. */
record Completion() {
  static Completion of(@Nullable Boolean asked, @Nullable String type, boolean typed) {
    return new Completion();
  }

  void complete(DataSet.Builder builder) {}
}
