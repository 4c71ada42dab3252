/** Ithil as a process: started through {@code ./ithil}, asked over HTTP, stopped or killed. */
@NullMarked
package org.ithil.conformance.process;

import org.jspecify.annotations.NullMarked;
