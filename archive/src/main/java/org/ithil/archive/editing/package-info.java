/** Requests for changes of DICOM data sets, as clients write them in JSON. */
@NullMarked
package org.ithil.archive.editing;

import org.jspecify.annotations.NullMarked;
