package io.faultline.executor;

import io.faultline.app.AppMain;

/** The executor as a process of its own. */
public final class Main {

  private Main() {}

  /** Arguments: {@code --settings FILE} and {@code --set KEY=VALUE}, each as often as wanted. */
  public static void main(String[] args) {
    AppMain.run(args, reader -> new ExecutorApp(ExecutorSettings.read(reader)));
  }
}
