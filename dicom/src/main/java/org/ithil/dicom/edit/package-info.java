/** Changing data sets: values from text, paths into sequences, new UIDs for old ones. */
@NullMarked
package org.ithil.dicom.edit;

import org.jspecify.annotations.NullMarked;
