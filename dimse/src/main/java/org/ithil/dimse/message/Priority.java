package org.ithil.dimse.message;

/** Priority (0000,0700) of an operation, PS3.7 E.1. */
public enum Priority {
  MEDIUM(0),
  HIGH(1),
  LOW(2);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The priority with a code; unknown ones are medium: nobody may depend on it. */
  public static Priority of(int code) {
    for (Priority priority : values()) {
      if (priority.code == code) {
        return priority;
      }
    }
    return MEDIUM;
  }
}
