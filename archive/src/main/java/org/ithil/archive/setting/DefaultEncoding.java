package org.ithil.archive.setting;

import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * The character set that counts where a data set declares none (key {@code DefaultEncoding}).
 * Thread-safe; changes count at once.
 */
public final class DefaultEncoding {
  private volatile SpecificCharacterSet current;

  public DefaultEncoding(SpecificCharacterSet initial) {
    current = initial;
  }

  public SpecificCharacterSet get() {
    return current;
  }

  public void set(SpecificCharacterSet characterSet) {
    current = characterSet;
  }
}
