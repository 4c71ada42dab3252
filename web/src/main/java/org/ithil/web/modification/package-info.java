/** Changed instances: the routes that modify, anonymize, split and merge. */
@NullMarked
package org.ithil.web.modification;

import org.jspecify.annotations.NullMarked;
