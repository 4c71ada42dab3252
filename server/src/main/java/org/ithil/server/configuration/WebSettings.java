package org.ithil.server.configuration;

import org.ithil.web.http.HttpSettings;

/**
 * What the HTTP side of the server offers.
 *
 * @param enabled whether there is one
 * @param http how it listens
 * @param describeErrors whether failures are described in the body of their answer
 * @param pages whether the browser application is served
 */
public record WebSettings(
    boolean enabled, HttpSettings http, boolean describeErrors, boolean pages) {}
