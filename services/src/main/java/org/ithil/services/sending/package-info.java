/** Storage SCU, PS3.4 B: instances of the archive are sent to modalities. */
@NullMarked
package org.ithil.services.sending;

import org.jspecify.annotations.NullMarked;
