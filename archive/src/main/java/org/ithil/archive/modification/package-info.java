/**
 * Jobs that make new instances of others: resources modified or anonymized, studies split and
 * merged. The new ones come in by {@code Ingest}, as all others.
 */
@NullMarked
package org.ithil.archive.modification;

import org.jspecify.annotations.NullMarked;
