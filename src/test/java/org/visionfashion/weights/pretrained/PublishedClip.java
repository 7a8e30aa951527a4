package org.visionfashion.weights.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reference models as folders, with the names that the files have when published. */
public final class PublishedClip {

  private PublishedClip() {}

  /** A file of the reference. */
  public static Path golden(String name) {
    return Path.of(System.getProperty("goldenClip", "src/test/resources/golden-clip"))
        .resolve(name);
  }

  /** Hugging Face's form of the CLIP, all files. */
  public static Path huggingFace(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(golden("clip_full.hf.safetensors"), folder.resolve("model.safetensors"));
    Files.copy(golden("clip_full.config.json"), folder.resolve("config.json"));
    Files.copy(
        golden("clip_full.preprocessor_config.json"), folder.resolve("preprocessor_config.json"));
    Files.copy(golden("bpe/tokenizer.json"), folder.resolve("tokenizer.json"));
    return folder;
  }

  /** open_clip's form of the CLIP, all files, with the older form of its tokenizer. */
  public static Path openClip(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(
        golden("clip_full.openclip.safetensors"), folder.resolve("open_clip_model.safetensors"));
    Files.copy(golden("clip_full.open_clip_config.json"), folder.resolve("open_clip_config.json"));
    Files.copy(golden("bpe/vocab.json"), folder.resolve("vocab.json"));
    Files.copy(golden("bpe/merges.txt"), folder.resolve("merges.txt"));
    return folder;
  }

  /** Hugging Face's form of the SigLIP; the tokenizer is the CLIP's, for it has none. */
  public static Path siglip(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(golden("siglip.hf.safetensors"), folder.resolve("model.safetensors"));
    Files.copy(golden("siglip.config.json"), folder.resolve("config.json"));
    Files.copy(
        golden("siglip.preprocessor_config.json"), folder.resolve("preprocessor_config.json"));
    Files.copy(golden("bpe/tokenizer.json"), folder.resolve("tokenizer.json"));
    return folder;
  }
}
