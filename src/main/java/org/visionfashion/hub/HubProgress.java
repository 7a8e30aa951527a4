package org.visionfashion.hub;

/** Told how far the download of a file is; a download that starts again counts from its start. */
@FunctionalInterface
public interface HubProgress {

  /**
   * Takes the state of a download.
   *
   * @param file its name in the repository
   * @param done bytes on the disk
   * @param total bytes of the whole file
   */
  void update(String file, long done, long total);
}
