/** Load generators that use little of the processor themselves. */
@NullMarked
package org.ithil.bench.load;

import org.jspecify.annotations.NullMarked;
