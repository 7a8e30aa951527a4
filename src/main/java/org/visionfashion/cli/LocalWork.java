package org.visionfashion.cli;

import java.util.function.BooleanSupplier;
import org.visionfashion.config.Config;
import org.visionfashion.config.RunFolder;

/** The work done in this process. */
final class LocalWork implements Work {

  @Override
  public void prepareData(Config config) {
    throw new UnsupportedOperationException("not wired");
  }

  @Override
  public boolean contrastive(Config config, RunFolder run, BooleanSupplier stop) {
    throw new UnsupportedOperationException("not wired");
  }

  @Override
  public boolean finetune(Config config, RunFolder run, BooleanSupplier stop) {
    throw new UnsupportedOperationException("not wired");
  }

  @Override
  public String evaluate(Evaluation evaluation) {
    throw new UnsupportedOperationException("not wired");
  }

  @Override
  public void drawDemo(DemoRequest request) {
    throw new UnsupportedOperationException("not wired");
  }

  @Override
  public DataReport stats(Config config) {
    throw new UnsupportedOperationException("not wired");
  }

  @Override
  public DataReport verify(Config config) {
    throw new UnsupportedOperationException("not wired");
  }
}
