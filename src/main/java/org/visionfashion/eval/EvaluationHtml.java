package org.visionfashion.eval;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.visionfashion.config.AtomicFile;

/** The evaluation as one page without scripts or outside files; the template escapes all values. */
public final class EvaluationHtml {

  private static final Mustache TEMPLATE =
      new DefaultMustacheFactory("org/visionfashion/eval").compile("evaluation.mustache");

  private EvaluationHtml() {}

  /** What the template sees. */
  record View(
      String split,
      String examples,
      List<Table> tables,
      boolean cautioned,
      List<String> cautions,
      List<Provenance.Fact> provenance) {}

  /** One section of the page. */
  record Table(String title, String counted, String baseline, List<ScoreText> rows) {}

  /** Writes the page; a reader sees the old one or the new one, never half of it. */
  public static void write(Evaluation evaluation, Path file) throws IOException {
    AtomicFile.write(file, text(evaluation));
  }

  static String text(Evaluation evaluation) {
    StringWriter page = new StringWriter();
    TEMPLATE.execute(page, view(evaluation));
    return page.toString();
  }

  private static View view(Evaluation evaluation) {
    return new View(
        evaluation.split(),
        ScoreText.count(evaluation.examples()),
        evaluation.sections().stream().map(EvaluationHtml::table).toList(),
        !evaluation.cautions().isEmpty(),
        evaluation.cautions(),
        evaluation.provenance().facts());
  }

  private static Table table(Section section) {
    return new Table(
        section.title(),
        section.counted(),
        section.baseline(),
        section.scores().stream().map(ScoreText::of).toList());
  }
}
