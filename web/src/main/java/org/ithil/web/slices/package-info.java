/** The order of the slices of a series in space (PS3.3 C.7.6.2), or by their instance numbers. */
@NullMarked
package org.ithil.web.slices;

import org.jspecify.annotations.NullMarked;
