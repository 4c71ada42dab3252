/** {@code /modalities}: who is known, and what is asked of them. */
@NullMarked
package org.ithil.web.modality;

import org.jspecify.annotations.NullMarked;
