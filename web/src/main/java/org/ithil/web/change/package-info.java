/** The log of changes. */
@NullMarked
package org.ithil.web.change;

import org.jspecify.annotations.NullMarked;
