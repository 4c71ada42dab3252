/** Deletes resources; their blobs follow in the background. */
@NullMarked
package org.ithil.archive.deletion;

import org.jspecify.annotations.NullMarked;
