/** {@code /jobs}, and what all routes that make jobs have in common. */
@NullMarked
package org.ithil.web.job;

import org.jspecify.annotations.NullMarked;
