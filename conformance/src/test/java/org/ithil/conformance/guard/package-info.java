/**
 * The guard of the house: what Maven and the module descriptors cannot stop is stopped here. It
 * lives in the last module of the build, so that every other one is compiled when it looks.
 */
@NullMarked
package org.ithil.conformance.guard;

import org.jspecify.annotations.NullMarked;
