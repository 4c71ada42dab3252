/**
 * Where the bytes of attachments lie: write-once blobs, and the spool where bytes wait until it is
 * known whether they are kept.
 */
@NullMarked
package org.ithil.archive.blob;

import org.jspecify.annotations.NullMarked;
