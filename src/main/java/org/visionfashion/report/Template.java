package org.visionfashion.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.StringWriter;

/** A page's template; it escapes all values but those that it takes in three braces. */
final class Template {

  private final Mustache mustache;

  /** The template of that name beside this class. */
  Template(String name) {
    mustache = new DefaultMustacheFactory("org/visionfashion/report").compile(name + ".mustache");
  }

  /** The page of what it shows. */
  String fill(Object view) {
    StringWriter page = new StringWriter();
    mustache.execute(page, view);
    return page.toString();
  }
}
