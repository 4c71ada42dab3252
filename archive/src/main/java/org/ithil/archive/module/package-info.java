/** The modules of PS3.3 that describe patients, studies, series and instances. */
@NullMarked
package org.ithil.archive.module;

import org.jspecify.annotations.NullMarked;
