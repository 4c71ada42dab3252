/** Server processes under load and what they cost. */
@NullMarked
package org.ithil.bench.target;

import org.jspecify.annotations.NullMarked;
