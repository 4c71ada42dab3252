/**
 * The transfers accelerator: sets of instances copied between two servers in buckets, several at
 * once, each file checked by its MD5.
 */
@NullMarked
package org.ithil.services.transfer;

import org.jspecify.annotations.NullMarked;
