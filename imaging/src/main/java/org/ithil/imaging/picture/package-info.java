/** PNG and JPEG files as native pixels of PS3.5 8.1.1, for new DICOM images. */
@NullMarked
package org.ithil.imaging.picture;

import org.jspecify.annotations.NullMarked;
