/**
 * The DICOM data model of PS3.5: immutable data sets, their elements and values. Data cannot read
 * or write itself: see {@link org.ithil.dicom.io}.
 */
@NullMarked
package org.ithil.dicom.data;

import org.jspecify.annotations.NullMarked;
