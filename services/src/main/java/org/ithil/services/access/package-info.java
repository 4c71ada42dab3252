/** Who may associate and ask for what, by application entity titles and addresses. */
@NullMarked
package org.ithil.services.access;

import org.jspecify.annotations.NullMarked;
