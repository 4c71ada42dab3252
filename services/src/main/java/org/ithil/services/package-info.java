/** The application entity: listener, access rules and services of PS3.4 put together. */
@NullMarked
package org.ithil.services;

import org.jspecify.annotations.NullMarked;
