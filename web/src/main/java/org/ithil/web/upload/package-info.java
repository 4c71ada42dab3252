/** Instances that come in by {@code POST /instances}: files, ZIP archives, compressed bodies. */
@NullMarked
package org.ithil.web.upload;

import org.jspecify.annotations.NullMarked;
