package org.visionfashion.data.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The members of one key.
 *
 * @param key the same for all of them
 * @param members in the order of the shard
 */
record Sample(String key, List<Member> members) {

  static final String CAPTIONS = "txt";
  static final String FIELDS = "json";
  static final String CLASS = "cls";

  private static final Set<String> READ = Set.of(CAPTIONS, FIELDS, CLASS);

  /** Groups the members of a shard, one after another. */
  static final class Grouping {

    private final Map<String, Sample> samples = new LinkedHashMap<>();
    private final List<String> strangers = new ArrayList<>();
    private String last = "";
    private String scattered = "";

    void add(Member member) {
      String key = member.key();
      if (key.isEmpty()) {
        strangers.add(member.name());
        return;
      }
      Sample sample = samples.get(key);
      if (sample == null) {
        sample = new Sample(key, new ArrayList<>(3));
        samples.put(key, sample);
      } else if (!key.equals(last)) {
        scattered = key;
      }
      sample.members.add(member);
      last = key;
    }

    /** In the order of their first members. */
    Collection<Sample> all() {
      return samples.values();
    }

    /** Names of members that belong to no sample. */
    List<String> strangers() {
      return strangers;
    }

    /** The key of a sample whose members do not follow each other; empty = they all do. */
    String scattered() {
      return scattered;
    }
  }

  /** The one picture; null where there is none, or several. */
  Member picture() {
    List<Member> pictures = pictures();
    return pictures.size() == 1 ? pictures.get(0) : null;
  }

  private List<Member> pictures() {
    return members.stream().filter(Sample::isPicture).toList();
  }

  /** The first of a kind; null where there is none. */
  Member of(String kind) {
    for (Member member : members) {
      if (member.kind().equals(kind)) {
        return member;
      }
    }
    return null;
  }

  /** Why it cannot be used, beginning with a member's name; empty = it can. */
  String fault() {
    Map<String, Member> kinds = new HashMap<>();
    for (Member member : members) {
      boolean read = isPicture(member) || READ.contains(member.kind());
      if (read && !member.fault().isEmpty()) {
        return member.name() + ": " + member.fault();
      }
      if (read && kinds.put(member.kind(), member) != null) {
        return member.name() + ": is there twice";
      }
    }
    List<Member> pictures = pictures();
    if (pictures.size() > 1) {
      return "%s: a second picture of the sample beside %s"
          .formatted(pictures.get(1).name(), pictures.get(0).name());
    }
    return pictures.isEmpty() ? pictureless() : "";
  }

  private String pictureless() {
    for (Member member : members) {
      if (ImageFiles.isUnreadable("." + member.kind())) {
        return member.name() + ": format is not supported; convert it to JPEG or PNG";
      }
      if (ImageFiles.isReadable(member.name())) {
        return member.name()
            + ": not taken as the sample's picture, for a kind is all behind the first dot; rename it "
            + key
            + "."
            + member.kind().substring(member.kind().lastIndexOf('.') + 1);
      }
    }
    return members.get(0).name() + ": no picture belongs to it";
  }

  private static boolean isPicture(Member member) {
    return ImageFiles.isReadable("." + member.kind()) && member.kind().indexOf('.') < 0;
  }

  /** Takes the kinds that are not read. */
  void unread(Consumer<String> kinds) {
    for (Member member : members) {
      if (!isPicture(member) && !READ.contains(member.kind())) {
        kinds.accept(member.kind());
      }
    }
  }
}
