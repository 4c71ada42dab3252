/** DICOMDIR: the Basic Directory Information Object of PS3.3 F, in files of PS3.10 8. */
@NullMarked
package org.ithil.dicom.directory;

import org.jspecify.annotations.NullMarked;
