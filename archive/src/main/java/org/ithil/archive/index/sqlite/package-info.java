/** The index on SQLite: one writer that commits many waiting operations at once, many readers. */
@NullMarked
package org.ithil.archive.index.sqlite;

import org.jspecify.annotations.NullMarked;
