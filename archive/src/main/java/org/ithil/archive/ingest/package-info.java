/** The one way in: what arrives by HTTP, DICOM or else becomes an instance of the archive. */
@NullMarked
package org.ithil.archive.ingest;

import org.jspecify.annotations.NullMarked;
