package org.ithil.services.peer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request to a peer that has failed. Carries no secrets. */
public abstract sealed class PeerException extends IOException {
  private static final long serialVersionUID = 1;

  private final String url;

  private PeerException(String url, String what, @Nullable Throwable cause) {
    super(what + ": " + url, cause);
    this.url = url;
  }

  /** What was asked for. */
  public String url() {
    return url;
  }

  /** There is nobody: the connection was refused, or the name is unknown. */
  public static final class Unreachable extends PeerException {
    private static final long serialVersionUID = 1;

    Unreachable(String url, Throwable cause) {
      super(url, "nobody answers", cause);
    }
  }

  /** It took longer than allowed. */
  public static final class TimedOut extends PeerException {
    private static final long serialVersionUID = 1;

    TimedOut(String url, @Nullable Throwable cause) {
      super(url, "no whole answer in time", cause);
    }
  }

  /** The connection broke, could not be made safe, or what came was no HTTP. */
  public static final class Broken extends PeerException {
    private static final long serialVersionUID = 1;

    Broken(String url, Throwable cause) {
      super(url, "the connection broke", cause);
    }
  }

  /** The peer answered that it does not do what was asked. */
  public static final class Refused extends PeerException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refused(String url, int status) {
      super(url, "the answer is status " + status, null);
      this.status = status;
    }

    /** The HTTP status of the answer. */
    public int status() {
      return status;
    }
  }

  /** The peer's answer is not what was expected. */
  public static final class BadAnswer extends PeerException {
    private static final long serialVersionUID = 1;

    private final String what;

    public BadAnswer(String url, String what) {
      super(url, what, null);
      this.what = what;
    }

    /** What is wrong with it. */
    public String what() {
      return what;
    }
  }

  /** The definition of the peer cannot be used here. */
  public static final class Unusable extends PeerException {
    private static final long serialVersionUID = 1;

    private final String what;

    Unusable(String url, String what, @Nullable Throwable cause) {
      super(url, what, cause);
      this.what = what;
    }

    /** Why it cannot. */
    public String what() {
      return what;
    }
  }

  /** The definition asks for what this server does not have: smart cards. */
  public static final class Unsupported extends PeerException {
    private static final long serialVersionUID = 1;

    Unsupported(String url) {
      super(url, "client certificates on smart cards (Pkcs11) are not supported", null);
    }
  }

  /** There is no peer of the name that a job was made for. */
  public static final class Gone extends PeerException {
    private static final long serialVersionUID = 1;

    Gone(String name, boolean durable) {
      super(
          name,
          durable
              ? "Unknown peer, it was removed after the job was made"
              : "Unknown peer, it was removed after the job was made, or it was defined by PUT and"
                  + " forgotten at a restart, as OrthancPeersInDatabase is false",
          null);
    }
  }

  /** There is no peer of that name. */
  public static final class Unknown extends PeerException {
    private static final long serialVersionUID = 1;

    private final String name;

    /**
     * @param name that was asked for
     */
    public Unknown(String name) {
      super(name, "no such peer", null);
      this.name = name;
    }

    /** The name that was asked for. */
    public String name() {
      return name;
    }
  }
}
