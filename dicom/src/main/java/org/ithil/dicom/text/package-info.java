/** Character sets of PS3.3 C.12.1.1.2 and PS3.5 6.1, and person names of PS3.5 6.2.1. */
@NullMarked
package org.ithil.dicom.text;

import org.jspecify.annotations.NullMarked;
