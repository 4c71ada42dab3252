/** Packs resources into ZIP archives and DICOM media (PS3.10, PS3.3 F), as jobs. */
@NullMarked
package org.ithil.archive.packing;

import org.jspecify.annotations.NullMarked;
