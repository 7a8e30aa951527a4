package org.visionfashion.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import org.visionfashion.report.chart.Palette;

/** A text with places to fill in. */
final class Template {

  private static final String FOLDER = "org/visionfashion/report";

  /** What the style of every page sees. */
  private static final Map<String, String> COLOURS =
      Map.of("light", Palette.css(false), "dark", Palette.css(true));

  private final Mustache mustache;

  private Template(DefaultMustacheFactory factory, String name) {
    mustache = factory.compile(name + ".mustache");
  }

  /** A page; every value is escaped, except in triple braces. */
  static Template html(String name) {
    return new Template(new DefaultMustacheFactory(FOLDER), name);
  }

  /** A text whose values are not escaped. */
  static Template plain(String name) {
    return new Template(
        new DefaultMustacheFactory(FOLDER) {
          @Override
          public void encode(String value, Writer writer) {
            try {
              writer.write(value);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        },
        name);
  }

  /** The text of what it shows. */
  String fill(Object view) {
    StringWriter text = new StringWriter();
    mustache.execute(text, new Object[] {COLOURS, view});
    return text.toString();
  }
}
