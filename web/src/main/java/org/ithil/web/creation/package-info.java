/** Making instances, and getting out what they were made of. */
@NullMarked
package org.ithil.web.creation;

import org.jspecify.annotations.NullMarked;
