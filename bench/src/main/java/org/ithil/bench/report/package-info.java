/** Medians and tables. */
@NullMarked
package org.ithil.bench.report;

import org.jspecify.annotations.NullMarked;
