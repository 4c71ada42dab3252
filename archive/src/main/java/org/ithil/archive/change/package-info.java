/** The log of changes: what happened to which resource, in order. */
@NullMarked
package org.ithil.archive.change;

import org.jspecify.annotations.NullMarked;
