/** The files of the browser application, built from ui/browser. */
@NullMarked
package org.ithil.ui;

import org.jspecify.annotations.NullMarked;
