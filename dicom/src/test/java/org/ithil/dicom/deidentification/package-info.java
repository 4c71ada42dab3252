@NullMarked
package org.ithil.dicom.deidentification;

import org.jspecify.annotations.NullMarked;
