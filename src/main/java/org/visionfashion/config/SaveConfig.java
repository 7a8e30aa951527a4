package org.visionfashion.config;

/**
 * When the training state is written.
 *
 * @param everySteps steps between two saves within an epoch, 0 = at the end of each epoch only
 */
public record SaveConfig(int everySteps) {}
