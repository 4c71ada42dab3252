package org.ithil.web.route;

/** The methods that routes can have, in the order in which {@code Allow} lists them. */
public enum Method {
  GET,
  POST,
  PUT,
  DELETE
}
