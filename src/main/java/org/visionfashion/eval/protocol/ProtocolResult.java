package org.visionfashion.eval.protocol;

import java.util.List;
import java.util.Map;
import org.visionfashion.eval.Provenance;
import org.visionfashion.eval.Section;

/**
 * Retrieval judged by ground truth, as its JSON file holds it.
 *
 * @param split whose captions and labels ask
 * @param models in the order they were named; later ones are compared with the first
 * @param tasks what was asked
 * @param cautions what a reader should know before quoting a number, one sentence each
 */
public record ProtocolResult(
    String split, List<Model> models, List<Task> tasks, List<String> cautions) {

  public ProtocolResult {
    models = List.copyOf(models);
    tasks = List.copyOf(tasks);
    cautions = List.copyOf(cautions);
  }

  /**
   * A model.
   *
   * @param name as it was named
   * @param provenance which it is, on which data, measured by what
   */
  public record Model(String name, Provenance provenance) {}

  /**
   * A task.
   *
   * @param name for example {@code text_to_image}
   * @param choices everything that was chosen, in words
   * @param notes what was drawn and left out, a sentence each
   * @param sections the scores of every model, and differences from the first
   * @param published what others report
   */
  public record Task(
      String name,
      Map<String, String> choices,
      List<String> notes,
      List<Section> sections,
      PublishedScores published) {

    public Task {
      notes = List.copyOf(notes);
      sections = List.copyOf(sections);
    }

    /** The choices on one line. */
    public String chosen() {
      return String.join(
          ", ", choices.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    }
  }
}
