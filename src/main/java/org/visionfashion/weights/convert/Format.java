package org.visionfashion.weights.convert;

import java.nio.file.Path;
import java.util.Locale;

/** What weights can be written as. */
public enum Format {
  /** This project's model folder. */
  FOLDER,
  /** A folder that {@code ViTModel.from_pretrained} reads. */
  HF_VIT,
  /** A folder that {@code BertModel.from_pretrained} reads. */
  HF_BERT,
  /** A folder that {@code CLIPModel.from_pretrained} reads. */
  HF_CLIP,
  /** A folder that {@code SiglipModel.from_pretrained} reads. */
  HF_SIGLIP,
  /** A folder that open_clip reads as {@code local-dir:}, a CLIP or a SigLIP. */
  OPEN_CLIP,
  /** A folder with the towers as ONNX. */
  ONNX,
  /** The same with products of 8-bit integers. */
  ONNX_INT8,
  /** A folder with the towers as TorchScript, which DJL loads. */
  TORCHSCRIPT,
  /** A safetensors file with timm's names of a vision transformer. */
  TIMM,
  /** A safetensors file with this project's names. */
  SAFETENSORS,
  /** A state dict with this project's names that {@code torch.load} reads. */
  PTH;

  /** What the name of the target suggests. */
  public static Format of(Path target) {
    String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".pth") || name.endsWith(".pt") || name.endsWith(".bin")) {
      return PTH;
    }
    if (name.endsWith(".onnx")) {
      return ONNX;
    }
    return name.endsWith(".safetensors") ? SAFETENSORS : FOLDER;
  }
}
