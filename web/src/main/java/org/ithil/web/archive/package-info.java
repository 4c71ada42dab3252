/** {@code /{level}/{id}/archive}, {@code /media} and {@code /tools/create-*}: packed resources. */
@NullMarked
package org.ithil.web.archive;

import org.jspecify.annotations.NullMarked;
