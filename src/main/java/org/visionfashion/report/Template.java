package org.visionfashion.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/** A text with places to fill in. */
final class Template {

  private static final String FOLDER = "org/visionfashion/report";

  private final Mustache mustache;

  private Template(DefaultMustacheFactory factory, String name) {
    mustache = factory.compile(name + ".mustache");
  }

  /** A page; all values are escaped but those that it takes in three braces. */
  static Template html(String name) {
    return new Template(new DefaultMustacheFactory(FOLDER), name);
  }

  /** Values stand in it as they are. */
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
    mustache.execute(text, view);
    return text.toString();
  }
}
