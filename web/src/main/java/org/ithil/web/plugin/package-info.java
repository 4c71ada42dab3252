/** {@code /plugins}: capabilities that other servers have as plugins. */
@NullMarked
package org.ithil.web.plugin;

import org.jspecify.annotations.NullMarked;
