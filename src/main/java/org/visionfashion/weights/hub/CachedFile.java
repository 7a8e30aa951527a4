package org.visionfashion.weights.hub;

import java.nio.file.Path;

/** A file of the cache and the commit that it belongs to. */
record CachedFile(String commit, Path path) {}
