package io.tidemark.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * First main class of every leashed process: runs the real one, and halts the process when its
 * standard input ends. The parent holds the other end of that pipe and never writes to it; however
 * the parent dies, even by {@code kill -9}, the operating system closes it.
 */
final class Leash {

  private Leash() {}

  /**
   * @param args the real main class, then its arguments
   */
  public static void main(String[] args) throws Throwable {
    Thread holder = new Thread(Leash::haltAtEndOfInput, "leash");
    holder.setDaemon(true);
    holder.start();
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void haltAtEndOfInput() {
    InputStream input = System.in;
    try {
      while (input.read() >= 0) {
        // The parent says nothing; only the end of the stream counts.
      }
    } catch (IOException e) {
      // A broken pipe means the same.
    }
    Runtime.getRuntime().halt(143);
  }
}
