/** Tells when a patient, study or series has got no new instance for some time. */
@NullMarked
package org.ithil.archive.stability;

import org.jspecify.annotations.NullMarked;
