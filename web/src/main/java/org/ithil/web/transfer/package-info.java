/** {@code /transfers}: the transfers accelerator. */
@NullMarked
package org.ithil.web.transfer;

import org.jspecify.annotations.NullMarked;
