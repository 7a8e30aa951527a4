package org.visionfashion.config;

import java.util.ArrayList;
import java.util.List;

/** Every key with its type, default, allowed values and meaning: for the terminal and as a page. */
public final class KeyTable {

  private static final String HEAD =
      """
      # Configuration

      A configuration is a YAML file with the sections below; those in `configs/` are examples. Every
      key has a default, so a file states only what differs. `--set section.key=value` overrides one
      key on the command line, lists in brackets: `--set 'model.image_size=[96, 64]'`. Problems are
      reported all at once, each with its line, the allowed values and the nearest key. A run keeps
      its resolved configuration in `checkpoints/RUN/config.yaml`.

      This page is generated from the records in `org.visionfashion.config`, as is
      `./train --help-keys`. To renew it: `mvn test -Dtest=KeyTableTest -Drenew=true`.
      """;

  private KeyTable() {}

  /** For the terminal: a line or two for each key. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    for (ConfigKey key : keys()) {
      text.append("%s = %s  (%s)%n".formatted(key.name(), usual(key), allowed(key)));
      text.append("    %s%n".formatted(key.key().help()));
    }
    return text.toString();
  }

  /** The page {@code docs/configuration.md}. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    String section = "";
    for (ConfigKey key : keys()) {
      String own = key.name().substring(0, key.name().indexOf('.'));
      if (!own.equals(section)) {
        section = own;
        page.append("\n## ").append(section);
        page.append("\n\n| key | default | allowed | meaning |\n|---|---|---|---|\n");
      }
      List<String> cells = new ArrayList<>();
      cells.add("`" + key.name() + "`");
      cells.add("`" + usual(key) + "`");
      cells.add(allowed(key));
      cells.add(key.key().help());
      page.append("| ").append(String.join(" | ", cells.stream().map(KeyTable::cell).toList()));
      page.append(" |\n");
    }
    return page.toString();
  }

  private static List<ConfigKey> keys() {
    return Binder.keys(Config.class, "");
  }

  /** {@code 0.07; 0.1 with loss=sigmoid}. */
  private static String usual(ConfigKey key) {
    String[] when = key.key().when().split(": ", 2);
    String usual = key.key().usual().isEmpty() ? "''" : key.key().usual();
    return when.length < 2 ? usual : usual + "; " + when[1] + " with " + when[0];
  }

  private static String allowed(ConfigKey key) {
    return key.allowed().replaceFirst("^be ", "");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
