package org.visionfashion.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Named figures, in the order they were added. */
public final class Report {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String title;
  private final Map<String, Measured> figures = new LinkedHashMap<>();

  public Report(String title) {
    this.title = title;
  }

  Report add(String name, Measured figure) {
    figures.put(name, figure);
    return this;
  }

  Report add(String name, double figure) {
    return add(name, new Measured(figure, figure, figure));
  }

  /** The median of a figure. */
  public double median(String name) {
    return figures.get(name).median();
  }

  /** A line a figure: name, median, quartiles. */
  public String text() {
    return title
        + System.lineSeparator()
        + figures.entrySet().stream()
            .map(Report::line)
            .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String line(Map.Entry<String, Measured> figure) {
    Measured value = figure.getValue();
    String spread =
        value.low() == value.high()
            ? ""
            : String.format(Locale.ROOT, "   (%.4g to %.4g)", value.low(), value.high());
    return String.format(Locale.ROOT, "  %-24s %10.4g%s", figure.getKey(), value.median(), spread);
  }

  /** Medians by name, and the quartiles beside them as {@code name.low} and {@code name.high}. */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("title", title);
    figures.forEach((name, value) -> root.put(name, value.median()));
    ObjectNode spread = root.putObject("quartiles");
    figures.forEach((name, value) -> spread.putArray(name).add(value.low()).add(value.high()));
    return root.toPrettyString();
  }
}
