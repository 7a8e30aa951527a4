package org.visionfashion.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Progress;

/** Draws pictures on several threads and writes them as JPEG; those already there are left. */
final class DrawingPool {

  private static final float QUALITY = 0.9f;

  private final Path images;
  private final int width;
  private final int threads;
  private final Progress progress;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private int done;

  DrawingPool(Path images, int width, int threads, Progress progress) {
    this.images = images;
    this.width = width;
    this.threads = Math.max(1, threads);
    this.progress = progress;
  }

  /** Draws pictures 0 to {@code count - 1}; the first failure ends it. */
  void draw(int count, IntFunction<Picture> pictures) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(() -> work(count, pictures)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("drawing was interrupted; run the same command again to resume", e);
    } finally {
      stopped.set(true);
      pool.shutdownNow();
    }
  }

  private void work(int count, IntFunction<Picture> pictures) {
    Illustrator illustrator = new Illustrator(width);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try {
      for (int i = next.getAndIncrement();
          i < count && !stopped.get();
          i = next.getAndIncrement()) {
        Picture picture = pictures.apply(i);
        Path file = images.resolve(picture.name().toString());
        if (!Files.exists(file)) {
          BufferedImage image =
              illustrator.draw(picture.outfit(), picture.name().view(), picture.scene());
          Json.replace(file, jpeg(writer, image));
        }
        finished(count);
      }
    } catch (IOException e) {
      stopped.set(true);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      stopped.set(true);
      throw e;
    } finally {
      writer.dispose();
    }
  }

  private synchronized void finished(int count) {
    done++;
    progress.update(done, count);
  }

  private static byte[] jpeg(ImageWriter writer, BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    return bytes.toByteArray();
  }
}
