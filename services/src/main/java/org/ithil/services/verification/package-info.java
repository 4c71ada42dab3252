/** Verification, PS3.4 A. */
@NullMarked
package org.ithil.services.verification;

import org.jspecify.annotations.NullMarked;
