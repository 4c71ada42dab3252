/** Certificates and private keys in PEM files, RFC 7468. */
@NullMarked
package org.ithil.services.certificate;

import org.jspecify.annotations.NullMarked;
