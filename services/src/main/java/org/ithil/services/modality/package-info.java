/** The other application entities that are known, and what each may ask for. */
@NullMarked
package org.ithil.services.modality;

import org.jspecify.annotations.NullMarked;
