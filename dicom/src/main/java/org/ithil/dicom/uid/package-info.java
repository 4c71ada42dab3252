/** Unique identifiers: PS3.5 9 and B. */
@NullMarked
package org.ithil.dicom.uid;

import org.jspecify.annotations.NullMarked;
