/**
 * Pictures decoded and reduced once, so that an epoch reads bytes instead of JPEGs.
 *
 * <p>A folder of shards: {@code pixels-00000.bin} holds pictures one behind the other as unsigned
 * bytes (height, width, R G B), {@code pixels-00000.json} says which lies where, and which file it
 * was made from. The index is written last, so a shard without one does not exist.
 */
package org.visionfashion.data.cache;
