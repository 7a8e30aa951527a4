package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Problem;

/** Opens every picture of a data set and gathers all that is wrong with it. */
public final class DataVerifier {

  private DataVerifier() {}

  /**
   * Verifies a data set. The report is the same for any number of threads.
   *
   * @param imageProblem what is wrong with a picture, empty = it can be decoded; called by several
   *     threads at once
   * @param threads that decode
   * @throws UserError where the calling thread was interrupted
   */
  public static VerificationReport verify(
      Dataset dataset, Function<Picture, Optional<String>> imageProblem, int threads) {
    List<Problem> problems = new ArrayList<>(dataset.problems());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Optional<String>>> checks = new ArrayList<>();
      for (Example example : dataset.examples()) {
        checks.add(() -> check(example.picture(), imageProblem));
      }
      List<Future<Optional<String>>> results = pool.invokeAll(checks);
      for (int i = 0; i < results.size(); i++) {
        Picture picture = dataset.examples().get(i).picture();
        results
            .get(i)
            .get()
            .map(message -> new Problem(picture.file(), 0, Problem.Kind.UNREADABLE_IMAGE, message))
            .ifPresent(problems::add);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("verification was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the verification of a picture failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return new VerificationReport(dataset.name(), dataset.examples().size(), problems);
  }

  /** A decoder that stumbles over a picture has found a fault of the picture. */
  private static Optional<String> check(
      Picture picture, Function<Picture, Optional<String>> imageProblem) {
    try {
      return imageProblem.apply(picture);
    } catch (RuntimeException e) {
      return Optional.of("cannot be decoded: " + e.getMessage());
    } catch (OutOfMemoryError e) { // one picture's array; what it took is free again
      return Optional.of("needs more memory than there is; data.limits.pixels can refuse it");
    }
  }
}
