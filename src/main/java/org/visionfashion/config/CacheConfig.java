package org.visionfashion.config;

/**
 * Training pictures decoded once and kept beside the data set.
 *
 * @param side to which the shorter side of a kept picture is reduced, in pixels; a little more than
 *     the model's input, so that crops stay sharp
 * @param prepare whether training fills the cache first; else it uses what {@code data prepare}
 *     left there
 */
public record CacheConfig(int side, boolean prepare) {}
