/**
 * How values and data sets are encoded: value representations (PS3.5 6.2) and transfer syntaxes
 * (PS3.5 10).
 */
@NullMarked
package org.ithil.dicom.encoding;

import org.jspecify.annotations.NullMarked;
