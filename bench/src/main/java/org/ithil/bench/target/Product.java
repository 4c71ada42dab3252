package org.ithil.bench.target;

import java.nio.file.Path;

/** A server program and how to start it with a configuration file as its last argument. */
public record Product(String name, Path command) {}
