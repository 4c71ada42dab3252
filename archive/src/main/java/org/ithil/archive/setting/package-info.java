/** Settings that clients change while the server runs. */
@NullMarked
package org.ithil.archive.setting;

import org.jspecify.annotations.NullMarked;
