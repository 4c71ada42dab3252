/** What MP4 files hold, for new DICOM videos: PS3.5 8.2.7, 8.2.8 and A.4.6 on. */
@NullMarked
package org.ithil.imaging.video;

import org.jspecify.annotations.NullMarked;
