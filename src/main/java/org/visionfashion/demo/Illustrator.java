package org.visionfashion.demo;

import java.awt.image.BufferedImage;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName.View;

/** Puts a picture together, from the backdrop to the grain of the film. Not for two threads. */
final class Illustrator {

  private final Stage stage;

  Illustrator(int width) {
    this.stage = new Stage(width);
  }

  /** The picture; the next call paints over it. */
  BufferedImage draw(Outfit outfit, View view, Scene scene) {
    stage.frame(view == View.FLAT ? closeUp(outfit, scene.framing()) : scene.framing());
    BackdropPainter.paint(stage, scene.backdrop());
    if (view == View.FLAT) {
      flat(outfit, view, scene);
    } else {
      worn(outfit, view, scene);
    }
    stage.grain(3, scene.noise());
    return stage.image();
  }

  private void worn(Outfit outfit, View view, Scene scene) {
    Figure figure = new Figure(scene.person(), scene.pose(), view);
    BodyPainter body = new BodyPainter(stage, figure, scene);
    HeadPainter head = new HeadPainter(stage, figure);
    TopPainter top = new TopPainter(stage, figure, outfit, scene, false);
    OuterPainter outer = new OuterPainter(stage, figure, outfit, scene);
    AccessoryPainter accessories = new AccessoryPainter(stage, figure, outfit, scene);

    body.shadowOnFloor();
    head.behind();
    outer.behind();
    top.behind();
    body.trunkAndLegs();
    legwear(outfit, body, scene);
    BottomPainter bottom = new BottomPainter(stage, figure, outfit, scene);
    if (outfit.untucked()) {
      bottom.paint();
      top.body();
    } else {
      top.body();
      bottom.paint();
      accessories.waist();
    }
    arms(
        side -> {
          if (!outfit.outerSleeves()) {
            body.arm(side);
            top.sleeve(side);
          }
        });
    accessories.glassesOnClothes();
    if (outfit.hasOuter()) {
      accessories.neck();
      outer.body();
      arms(
          side -> {
            if (outfit.outerSleeves()) {
              body.arm(side);
              outer.sleeve(side);
            }
          });
    }
    head.head();
    headwear(outfit, head, scene);
    if (!outfit.hasOuter()) {
      accessories.neck();
    }
    arms(accessories::hand);
    accessories.prop(scene.prop());
  }

  /** A garment that lies there alone fills the picture. */
  private static Scene.Framing closeUp(Outfit outfit, Scene.Framing framing) {
    Garment sold = Garment.sold(outfit.type());
    double top = sold == Garment.LOWER ? 2.2 : 0.4;
    double hem =
        switch (sold) {
          case UPPER -> outfit.upperHem();
          case LOWER -> outfit.lowerHem();
          case OUTER -> outfit.outerHem();
        };
    return new Scene.Framing(
        top, Math.max(hem + 0.5, top + 5.4), framing.shift(), framing.mirrored());
  }

  /** Only the garment that is for sale, laid out. */
  private void flat(Outfit outfit, View view, Scene scene) {
    Scene.Arm hanging = new Scene.Arm(24, -4, false);
    Scene.Pose laid = new Scene.Pose(0, 0, 0.42, 0, 1, hanging, hanging);
    Figure figure = new Figure(scene.person(), laid, view);
    switch (Garment.sold(outfit.type())) {
      case UPPER -> {
        TopPainter top = new TopPainter(stage, figure, outfit, scene, true);
        top.behind();
        top.body();
        arms(top::sleeve);
      }
      case LOWER -> new BottomPainter(stage, figure, outfit, scene).paint();
      case OUTER -> {
        OuterPainter outer = new OuterPainter(stage, figure, outfit, scene);
        outer.lining();
        outer.body();
        arms(outer::sleeve);
      }
    }
  }

  private static void legwear(Outfit outfit, BodyPainter body, Scene scene) {
    switch (outfit.labels().get(FashionLabel.SOCKS)) {
      case Codes.SOCKS -> body.socks(scene.palette().accent(), scene.palette().accent2());
      case Codes.SOCKS_LEGGINGS -> body.tights(Colours.darker(scene.palette().accent2(), 0.45));
      default -> {}
    }
    body.shoes(scene.palette().shoes());
  }

  private static void headwear(Outfit outfit, HeadPainter head, Scene scene) {
    if (outfit.has(FashionLabel.HAT, Codes.YES)) {
      int kind = Dice.of("hat", scene.palette().upper().seed()).below(3);
      head.hat(scene.palette().accent2(), scene.palette().accent(), kind);
    }
    if (head.faceSeen()) {
      switch (outfit.labels().get(FashionLabel.GLASSES)) {
        case Codes.EYEGLASSES -> head.eyeglasses();
        case Codes.SUNGLASSES -> head.sunglasses();
        default -> {}
      }
    }
  }

  private static void arms(java.util.function.IntConsumer painter) {
    painter.accept(-1);
    painter.accept(1);
  }
}
