/** The way out: files of instances, and data sets read from them. */
@NullMarked
package org.ithil.archive.retrieval;

import org.jspecify.annotations.NullMarked;
