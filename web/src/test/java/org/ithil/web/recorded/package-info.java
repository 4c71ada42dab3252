/** The recorded answers of the reference server, played against routes without a server. */
@NullMarked
package org.ithil.web.recorded;

import org.jspecify.annotations.NullMarked;
