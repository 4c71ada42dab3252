/**
 * The recorded answers of the reference server, compared step by step, where {@code shared/compat}
 * and Python are there.
 */
@NullMarked
package org.ithil.conformance.compat;

import org.jspecify.annotations.NullMarked;
