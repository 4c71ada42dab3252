/** Compares the index with the blobs. */
@NullMarked
package org.ithil.archive.verification;

import org.jspecify.annotations.NullMarked;
