/**
 * Asking other application entities what they have: C-FIND as SCU, PS3.4 C.4.1 (Query/Retrieve) and
 * K.4.1 (Modality Worklist), and the answers as long as somebody wants them.
 */
@NullMarked
package org.ithil.services.query;

import org.jspecify.annotations.NullMarked;
