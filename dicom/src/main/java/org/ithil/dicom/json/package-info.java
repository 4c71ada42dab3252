/**
 * The DICOM JSON Model of PS3.18 F, and what it shares with the Native DICOM Model of {@link
 * org.ithil.dicom.xml}: bulk data, limits, numbers as text.
 */
@NullMarked
package org.ithil.dicom.json;

import org.jspecify.annotations.NullMarked;
