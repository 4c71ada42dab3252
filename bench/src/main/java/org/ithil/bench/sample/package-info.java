/** CT images made up for the bench. */
@NullMarked
package org.ithil.bench.sample;

import org.jspecify.annotations.NullMarked;
