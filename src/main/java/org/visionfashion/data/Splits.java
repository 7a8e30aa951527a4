package org.visionfashion.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;

/**
 * Shares examples out among train, validation and test. Everything here is a function of the seed
 * and the names alone: the same on every machine, in any order of the examples.
 */
public final class Splits {

  private static final Logger LOG = LoggerFactory.getLogger(Splits.class);

  // Products such as 0.7 * 10 may fall just below the whole number they stand for.
  private static final double ROUNDING = 1e-9;

  private Splits() {}

  /**
   * The rule that a data set is split by: {@code data.split}, and what {@code auto} means for it,
   * which is logged.
   *
   * @param given where the data name the split of each example, empty = nowhere
   * @param items whether they name items
   * @throws UserError where the rule is {@code given} and the data name no splits
   */
  public static SplitRule rule(DataConfig config, String given, boolean items) {
    SplitRule rule = config.split();
    if (rule == SplitRule.GIVEN && given.isEmpty()) {
      throw new UserError(
          config.root()
              + ": data.split: given needs a table with a split column, or folders train,"
              + " validation and test; use auto, item or random here");
    }
    if (rule != SplitRule.AUTO) {
      return rule;
    }
    if (!given.isEmpty()) {
      LOG.info("data.split: auto takes the splits as given by {}", given);
      return SplitRule.GIVEN;
    }
    LOG.info(
        "data.split: auto splits by {}",
        items ? "item: pictures of one stay together" : "picture: the data name no items");
    return items ? SplitRule.ITEM : SplitRule.RANDOM;
  }

  /**
   * Shares out examples by {@code item} or {@code random}.
   *
   * @param itemOfId the item of each example, by the example's id
   * @return the split of each id
   */
  public static Map<String, Split> assign(
      Map<String, String> itemOfId, SplitRule rule, DataConfig config) {
    return switch (rule) {
      case RANDOM -> random(itemOfId.keySet(), config.seed(), config.validation(), config.test());
      case ITEM -> {
        Map<String, Split> splits = new HashMap<>();
        itemOfId.forEach(
            (id, item) ->
                splits.put(id, byItem(item, config.seed(), config.validation(), config.test())));
        yield splits;
      }
      case AUTO, GIVEN -> throw new IllegalArgumentException("not a rule to split by: " + rule);
    };
  }

  /**
   * The split of an item. Each item is placed by its own hash, so an item keeps its split when
   * others are added or removed; the shares hold on average.
   *
   * @param validation share for validation, in [0, 1)
   * @param test share for the test, in [0, 1)
   */
  public static Split byItem(String item, long seed, double validation, double test) {
    double position = (hash(item, seed) >>> 11) * 0x1.0p-53;
    if (position < test) {
      return Split.TEST;
    }
    return position < test + validation ? Split.VALIDATION : Split.TRAIN;
  }

  /**
   * A random split with exact counts: floor(n * train share) for training, floor(n * validation)
   * for validation and the rest for the test; with no test share the rest trains. The ids are
   * ordered by their hash and cut.
   *
   * @param ids distinct
   */
  public static Map<String, Split> random(
      Collection<String> ids, long seed, double validation, double test) {
    List<String> sorted = ids.stream().sorted().toList();
    long[] hashes = sorted.stream().mapToLong(id -> hash(id, seed)).toArray();
    IntFunction<Split> split = random(hashes, validation, test);
    Map<String, Split> splits = new HashMap<>();
    for (int i = 0; i < hashes.length; i++) {
      splits.put(sorted.get(i), split.apply(i));
    }
    return splits;
  }

  /**
   * The same for examples in the order of their ids; of equal hashes the smaller id comes first.
   *
   * @param hashes {@link #hash} of each id
   * @return the split of an index; to be asked once for each, in ascending order
   */
  static IntFunction<Split> random(long[] hashes, double validation, double test) {
    int n = hashes.length;
    int validations = floor(n * validation);
    int trains = test > 0 ? floor(n * (1 - validation - test)) : n - validations;
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    Cut train = new Cut(sorted, trains);
    Cut held = new Cut(sorted, trains + validations);
    return i -> {
      boolean trained = train.before(hashes[i]);
      boolean before = held.before(hashes[i]);
      return trained ? Split.TRAIN : before ? Split.VALIDATION : Split.TEST;
    };
  }

  /** FNV-1a over the UTF-8 bytes, started from the seed, then SplitMix64's finalizer. */
  static long hash(String text, long seed) {
    long hash = 0xcbf29ce484222325L ^ Seeds.of(seed);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    return Seeds.of(hash);
  }

  private static int floor(double value) {
    return (int) Math.floor(value + ROUNDING);
  }

  /** The first so many in the order of their hashes; of equal ones those that come first. */
  private static final class Cut {

    private final boolean all;
    private final long value;
    private int equal;

    Cut(long[] sorted, int count) {
      all = count >= sorted.length;
      value = all ? 0 : sorted[count];
      for (int i = count - 1; !all && i >= 0 && sorted[i] == value; i--) {
        equal++;
      }
    }

    boolean before(long hash) {
      return all || hash < value || (hash == value && equal-- > 0);
    }
  }
}
