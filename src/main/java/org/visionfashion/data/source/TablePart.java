package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.Optional;
import org.visionfashion.data.Split;
import org.visionfashion.data.table.Table;

/**
 * One of the tables of a data set.
 *
 * @param base folder that the examples' ids start from, and that no path may lead out of
 * @param split that all its rows belong to; empty = a column says it, or nothing
 */
public record TablePart(Table table, Path base, Optional<Split> split) {}
