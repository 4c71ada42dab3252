/** The archive as a whole: what a server opens and closes. */
@NullMarked
package org.ithil.archive;

import org.jspecify.annotations.NullMarked;
