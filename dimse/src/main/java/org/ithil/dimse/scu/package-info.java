/** The asking side, PS3.7 6.1: associations with other application entities. */
@NullMarked
package org.ithil.dimse.scu;

import org.jspecify.annotations.NullMarked;
