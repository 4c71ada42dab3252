/** Fetching from other application entities: C-MOVE as SCU, PS3.4 C.4.2, as a job. */
@NullMarked
package org.ithil.services.retrieval;

import org.jspecify.annotations.NullMarked;
