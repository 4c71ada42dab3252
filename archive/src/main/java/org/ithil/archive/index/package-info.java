/**
 * The port to the database that knows all resources: snapshots to read, transactions to write.
 * Nothing above knows which database it is.
 */
@NullMarked
package org.ithil.archive.index;

import org.jspecify.annotations.NullMarked;
