/** The log of exports. */
@NullMarked
package org.ithil.web.export;

import org.jspecify.annotations.NullMarked;
