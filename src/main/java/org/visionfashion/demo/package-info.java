/**
 * The demo set: figures of people wearing garments, drawn with Java2D in exactly the layout of
 * DeepFashion-MultiModal, so that the same source reads it.
 *
 * <p>The way of a picture: {@code Catalogue} (names and views) - {@code OutfitSampler} (labels) -
 * {@code Scene} (everything that says nothing about a label) - {@code Illustrator} (pixels) -
 * {@code CaptionWriter} (words). All of it is a function of the seed, the item, the variant and the
 * view.
 */
package org.visionfashion.demo;
