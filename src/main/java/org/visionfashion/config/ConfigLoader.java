package org.visionfashion.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig.Source;

/** Reads an experiment: a YAML file, then {@code key=value} settings on top of it. */
public final class ConfigLoader {

  private static final int MOST_YAML = 1_000_000;

  private ConfigLoader() {}

  /**
   * Reads and checks an experiment.
   *
   * @param yaml the file; keys that it leaves out have their defaults
   * @param sets {@code section.key=value}, the later one wins
   * @throws UserError with all problems at once: unknown, duplicate and missing keys, values of the
   *     wrong kind or out of range, values that do not go together
   */
  public static Config load(Path yaml, List<String> sets) {
    List<String> problems = new ArrayList<>();
    Map<String, Setting> settings = SettingsReader.read(text(yaml), yaml.toString(), problems);
    sets.forEach(set -> Binder.override(settings, set, "--set", problems));
    Binder binder = new Binder(settings, problems);
    Config config = binder.read(Config.class, "");
    binder.rejectUnknown();
    new CrossChecks(binder).check(config);
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    boolean demo = config.data().source() == Source.AUTO && !binder.isGiven("data.root");
    return demo ? config.with("data.source=demo") : config;
  }

  /**
   * Devices by themselves, by the rules of {@code run.devices}.
   *
   * @param place where they were written, for messages
   * @throws UserError where they break one
   */
  public static List<String> devices(String place, String text) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    Binder.override(settings, "run.devices=" + text, place, problems);
    Binder binder = new Binder(settings, problems);
    List<String> devices = binder.read(RunConfig.class, "run.").devices();
    new CrossChecks(binder).devices(devices);
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return devices;
  }

  /** A file's text, or one line that says why not. */
  static String text(Path yaml) {
    if (!Files.isRegularFile(yaml)) {
      throw new UserError(yaml + ": no such file" + neighbours(yaml));
    }
    try {
      byte[] bytes = BoundedFile.read(yaml, MOST_YAML, "a configuration");
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(yaml + ": not UTF-8 text");
    } catch (IOException e) {
      throw new UserError(yaml + ": cannot be read: " + e.getMessage());
    }
  }

  private static String neighbours(Path yaml) {
    Path folder = yaml.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return Nearest.hint(yaml.getFileName().toString(), names);
    } catch (IOException e) {
      return "";
    }
  }
}
