package org.ithil.archive.setting;

import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * The character set that counts where a data set declares none (key {@code DefaultEncoding}).
 * Thread-safe; changes count at once.
 */
public final class DefaultCharacterSet {
  private volatile DefaultEncoding current;

  public DefaultCharacterSet(DefaultEncoding initial) {
    current = initial;
  }

  public SpecificCharacterSet get() {
    return current.characterSet();
  }

  /** The same, as the configuration calls it. */
  public DefaultEncoding encoding() {
    return current;
  }

  public void set(DefaultEncoding encoding) {
    current = encoding;
  }
}
