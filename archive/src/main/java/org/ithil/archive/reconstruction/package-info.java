/** Main tags written anew from the files, and files stored anew as they are stored now. */
@NullMarked
package org.ithil.archive.reconstruction;

import org.jspecify.annotations.NullMarked;
