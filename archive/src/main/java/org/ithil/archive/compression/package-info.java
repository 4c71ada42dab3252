/** Compressed blobs, in the form of the reference server. */
@NullMarked
package org.ithil.archive.compression;

import org.jspecify.annotations.NullMarked;
