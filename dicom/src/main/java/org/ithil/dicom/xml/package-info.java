/** The Native DICOM Model of PS3.19 A: data sets as XML. */
@NullMarked
package org.ithil.dicom.xml;

import org.jspecify.annotations.NullMarked;
