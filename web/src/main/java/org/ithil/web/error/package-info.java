/**
 * The one vocabulary of failures of the API, and the one map from the failures of the lower floors
 * to it.
 */
@NullMarked
package org.ithil.web.error;

import org.jspecify.annotations.NullMarked;
