/** The bench: loads Ithil and a reference server in turn and prints ratios. */
@NullMarked
package org.ithil.bench;

import org.jspecify.annotations.NullMarked;
