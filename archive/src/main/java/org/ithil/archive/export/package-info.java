/** The log of exports: what was sent to whom. */
@NullMarked
package org.ithil.archive.export;

import org.jspecify.annotations.NullMarked;
