package org.visionfashion.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.Provenance;
import org.visionfashion.eval.protocol.ProtocolResult;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** Retrieval judged by ground truth as a page: a section for each task. */
public final class ProtocolPage {

  private static final Template TEMPLATE = Template.html("protocol");
  private static final int DECIMALS = 3;

  private ProtocolPage() {}

  /** What the template sees. */
  record View(String split, List<Task> tasks, List<Model> models, List<String> cautions) {

    boolean cautioned() {
      return !cautions.isEmpty();
    }
  }

  /** A task; {@code published} says where the last table is from, or why there is none. */
  record Task(
      String name, String chosen, List<String> notes, List<Table> scores, List<String> published) {}

  /** A model and what is known of it. */
  record Model(String name, List<Provenance.Fact> facts) {}

  /** Writes the page, and its tables as Markdown and CSV beside it. */
  public static void write(ProtocolResult result, EvaluationFiles files) throws IOException {
    View view =
        new View(
            Part.words(result.split()),
            result.tasks().stream().map(ProtocolPage::task).toList(),
            result.models().stream()
                .map(model -> new Model(model.name(), model.provenance().facts()))
                .toList(),
            result.cautions());
    AtomicFiles.write(files.page(), TEMPLATE.fill(view));
    for (Task task : view.tasks) {
      for (Table table : task.scores) {
        table.write(files.parts());
      }
    }
  }

  private static Task task(ProtocolResult.Task task) {
    List<Table> tables = new ArrayList<>(task.sections().stream().map(ScoreTables::table).toList());
    if (!task.published().scores().isEmpty()) {
      tables.add(published(task));
    }
    return new Task(task.name(), task.chosen(), task.notes(), tables, task.published().words());
  }

  private static Table published(ProtocolResult.Task task) {
    Map<String, Map<String, Double>> scores = task.published().scores();
    List<String> head = new ArrayList<>(List.of("model"));
    head.addAll(scores.values().iterator().next().keySet());
    return new Table(
        "published-" + task.name(),
        "Published elsewhere",
        task.published().words().get(0),
        head,
        scores.entrySet().stream()
            .map(
                model -> {
                  List<Cell> cells = new ArrayList<>(List.of(Cell.text(model.getKey())));
                  model.getValue().values().forEach(v -> cells.add(Cell.number(v, DECIMALS)));
                  return cells;
                })
            .toList(),
        false);
  }
}
