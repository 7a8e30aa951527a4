package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.visionfashion.config.Config;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.convert.Format;

/**
 * What the commands set going. Failures are exceptions: {@link org.visionfashion.base.UserError}
 * and {@link org.visionfashion.base.UserError} for bad input, any other for a failure at work; the
 * message is one line for the user.
 */
interface Work {

  /**
   * Finds the devices that training is to use, before anything long begins.
   *
   * @throws org.visionfashion.base.UserError where one is not there
   */
  void requireDevices(Config config);

  /** Draws the demo set where the configuration means it and it is not there yet. */
  void prepareData(Config config);

  /**
   * Trains stage one, from where {@link RunFolder#contrastive()} stands if there is a state.
   *
   * @param stop asked after every step; once true, the state is saved and training ends
   * @return whether the stage is done; false after a stop
   */
  boolean contrastive(Config config, RunFolder run, BooleanSupplier stop);

  /** Trains stage two on the result of stage one; otherwise as {@link #contrastive}. */
  boolean finetune(Config config, RunFolder run, BooleanSupplier stop);

  /**
   * Evaluates and writes {@code <split>.json} and {@code <split>.html}.
   *
   * @return the report as a table for the console
   */
  String evaluate(Evaluation evaluation);

  /**
   * Sets runs side by side; evaluates those that are not evaluated yet.
   *
   * @return the comparison as a table for the console
   */
  String compare(ComparisonRequest request);

  /** Draws a demo set. */
  void drawDemo(DemoRequest request);

  /** Counts what a data set holds. */
  Findings stats(Config config);

  /** Decodes the training pictures once, for faster epochs. */
  Findings prepare(Config config);

  /** Writes weights in another form. */
  void convert(Path from, Path to, Format format, boolean half);

  /** What a weights file holds. */
  String inspect(Path file);

  /** Measures and reports. */
  String bench(BenchRequest request);

  /** Compares a model's outputs with a reference. */
  Findings check(Path model, Path reference, double tolerance);

  /**
   * Reads a data set to the last picture and names what is wrong.
   *
   * @param all every single problem, else the first of each kind
   */
  Findings verify(Config config, boolean all);
}
