/** What DJL lacks: TorchScript operations, gradient mode, seeds, facts about the device. */
package org.visionfashion.engine;
