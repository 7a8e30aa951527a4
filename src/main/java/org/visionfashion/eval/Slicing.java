package org.visionfashion.eval;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.visionfashion.data.ClothingType;
import org.visionfashion.data.Example;
import org.visionfashion.data.FileName;
import org.visionfashion.data.LabelScheme;

/**
 * One way to sort examples: by gender, clothing type or view where file names say them, as in
 * DeepFashion-MultiModal, else by category.
 *
 * @param by what the examples of a slice have in common
 * @param slices examples by value, in the order of the values; one that has none is in no slice
 */
record Slicing(String by, Map<String, int[]> slices) {

  /** Every way that these data know. */
  static List<Slicing> of(List<Example> examples, LabelScheme scheme) {
    List<Optional<FileName>> names =
        examples.stream().map(example -> FileName.parse(example.id())).toList();
    boolean named = names.stream().anyMatch(Optional::isPresent);
    List<Slicing> all =
        named
            ? List.of(
                by("gender", names, name -> name.gender().toString()),
                by("type", names, Slicing::type),
                by("view", names, name -> name.view().label()))
            : List.of(new Slicing("category", slices(categories(examples, scheme))));
    return all.stream().filter(slicing -> !slicing.slices().isEmpty()).toList();
  }

  private static Slicing by(
      String what, List<Optional<FileName>> names, Function<FileName, String> value) {
    return new Slicing(what, slices(names.stream().map(name -> name.map(value)).toList()));
  }

  private static String type(FileName name) {
    return name.clothing().map(ClothingType::label).orElse(name.type());
  }

  private static List<Optional<String>> categories(List<Example> examples, LabelScheme scheme) {
    return examples.stream()
        .map(
            example ->
                Optional.of(example.category())
                    .filter(category -> category != Example.UNKNOWN)
                    .map(scheme.categories()::get))
        .toList();
  }

  private static Map<String, int[]> slices(List<Optional<String>> values) {
    Map<String, int[]> slices = new TreeMap<>();
    values.stream()
        .flatMap(Optional::stream)
        .distinct()
        .forEach(value -> slices.put(value, where(values, value)));
    return slices;
  }

  private static int[] where(List<Optional<String>> values, String wanted) {
    return IntStream.range(0, values.size())
        .filter(n -> values.get(n).filter(wanted::equals).isPresent())
        .toArray();
  }
}
